/** Answers as the API page shows them. */
const SUBJECT = '5a0c1f3e-8f53-4d3b-9d6f-0f4f4be1c2a7'
const CONSENT = '0d6f2a44-52a0-4f0e-a3a8-3b9ce7a31f10'

export const RECEIPT_EXAMPLE = {
  subject: SUBJECT,
  consent: CONSENT,
  revision: 1,
  position: 4711,
  eventIds: ['d3b07384-d9a0-4c9b-8f7e-3c2f6d1e5a90'],
  replayed: false,
}

export const CONSENTS_EXAMPLE = {
  subject: SUBJECT,
  revision: 3,
  consents: [
    {
      consent: CONSENT,
      status: 'given',
      scope: {
        purposes: ['HRESCH'],
        duo: ['DUO:0000006'],
        modelClasses: ['cvd'],
        dataCategories: 'any',
        controller: 'evaluation-clinic',
      },
      notice: {
        id: 'research-notice',
        version: '2026-03',
        language: 'en',
        sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      },
      method: 'electronic',
      by: 'subject',
      givenAt: '2026-03-02T09:14:05.120Z',
    },
  ],
}

export const USES_EXAMPLE = {
  uses: [
    {
      use: '8c7f7b1e-12a4-4a53-8a47-0f7d2c3b4a59',
      subject: SUBJECT,
      outcome: 'refused',
      consent: null,
      permit: null,
      purpose: 'HRESCH',
      model: 'pk.vancomycin-goti-2018',
      trial: null,
      dataCategories: ['laboratory'],
      codes: ['model-class-not-covered'],
      reference: '3f1d7c52-9c0b-4ac4-8a3b-6b1a4f1e9d21',
      actor: '9b2f6d1e-5a90-8c9b-8f7e-3c2f6d1e5a90',
      actorRole: 'modeller',
      actorOrg: null,
      position: 4720,
      recordedAt: '2026-03-02T10:00:00.000Z',
    },
  ],
}

export const COVERAGE_EXAMPLE = { covered: false, codes: ['withdrawn'] }

export const OPT_OUT_EXAMPLE = {
  subject: SUBJECT,
  optedOut: true,
  method: 'electronic',
  by: 'subject',
  since: '2026-03-02T09:20:00.000Z',
  position: 4730,
}

export const OPT_OUT_RECEIPT_EXAMPLE = { subject: SUBJECT, revision: 4, position: 4730, replayed: false }
