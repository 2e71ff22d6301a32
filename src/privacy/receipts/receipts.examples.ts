import { receiptOf } from './consent-receipt.js'

const SUBJECT = '5a0c1f3e-8f53-4d3b-9d6f-0f4f4be1c2a7'
const CONSENT = '0d6f2a44-52a0-4f0e-a3a8-3b9ce7a31f10'
const SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
const GIVEN_AT = '2026-03-02T09:14:05.120Z'
const IN_FORCE_FROM = '2026-03-01T00:00:00.000Z'

/** Answer as the API page shows it, made by the same code. */
export const CONSENT_RECEIPT_EXAMPLE = {
  receipt: receiptOf({
    receipt: 'c2b3a1d4-5e6f-4a7b-8c9d-0e1f2a3b4c5d',
    createdAt: '2026-03-05T08:00:00.000Z',
    publicUrl: 'https://ledger.example',
    subject: SUBJECT,
    record: {
      consent: CONSENT,
      status: 'given',
      scope: {
        purposes: ['HRESCH'],
        duo: ['DUO:0000006'],
        modelClasses: ['cvd'],
        dataCategories: ['laboratory'],
        controller: 'evaluation-clinic',
      },
      notice: { id: 'twin-research', version: '2.1', language: 'en', sha256: SHA256 },
      method: 'electronic',
      by: 'subject',
      givenAt: GIVEN_AT,
    },
    steps: [
      {
        status: 'given',
        at: GIVEN_AT,
        by: 'subject',
        method: 'electronic',
        event: 'd3b07384-d9a0-4c9b-8f7e-3c2f6d1e5a90',
        position: 4711,
      },
    ],
    told: {
      notice: 'twin-research',
      version: '2.1',
      standing: 'in-force',
      inForceFrom: IN_FORCE_FROM,
      withdrawn: null,
      language: 'en',
      title: 'Your data in research',
      sha256: SHA256,
      publishedAt: IN_FORCE_FROM,
      text: 'We ask you whether your record may be used for research.\n\nYou may say no.',
    },
    versionInForce: '2.1',
    recipients: [],
    checkpoint: 'ledger.example/log\n4720\n…\n\n— ledger.example/log …\n',
    erased: false,
  }),
  signature: 'eyJhbGciOiJFZERTQSIsImtpZCI6Ii4uLiJ9…',
  entries: [{ position: 4711, leaf: 'eyJhY3Rvci…', payload: 'eyJieSI6…', proof: 'c2sp.org/tlog-proof@v1\n…' }],
}
