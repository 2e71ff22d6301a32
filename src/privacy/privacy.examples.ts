/** Examples of the API page. */
const REQUEST = '6a3d0c52-5a0e-4ee5-8f0b-1f2f3f4f5f6f'
const ERASURE = 'a2c1f0d4-95a0-4f53-9a44-0f2f3f4f5f60'
const HOLD = '0b7a1c52-5a0e-4ee5-8f0b-1f2f3f4f5f61'
const SUBJECT = '22222222-2222-4222-8222-222222222222'

export const REQUEST_RECEIPT_EXAMPLE = { request: REQUEST, revision: 0, position: 1402, replayed: false }

export const REQUEST_PAGE_EXAMPLE = {
  items: [
    {
      request: REQUEST,
      subject: SUBJECT,
      kind: 'erasure',
      channel: 'electronic',
      status: 'prepared',
      outcome: null,
      ground: null,
      receivedAt: '2026-11-20T09:00:00.000Z',
      dueAt: '2026-12-20T23:59:59.999Z',
      extended: false,
      decidedAt: null,
      answeredAt: null,
      firstPosition: 1402,
      position: 1405,
      overdue: false,
      daysLeft: 28,
    },
  ],
}

export const REQUEST_HISTORY_EXAMPLE = {
  request: REQUEST,
  subject: SUBJECT,
  revision: 2,
  consultations: [],
  history: [
    {
      type: 'privacy.request-received',
      recordedAt: '2026-11-20T09:00:00.000Z',
      position: 1402,
      actor: { role: 'participant' },
      data: {
        kind: 'erasure',
        channel: 'electronic',
        receivedAt: '2026-11-20T09:00:00.000Z',
        dueAt: '2026-12-20T23:59:59.999Z',
      },
    },
  ],
}

export const ERASURE_PAGE_EXAMPLE = {
  items: [
    {
      erasure: ERASURE,
      request: REQUEST,
      subject: SUBJECT,
      status: 'confirmed',
      ground: '17-1-b',
      classes: ['identity', 'contact', 'optional-research'],
      decidedAt: '2026-11-21T10:00:00.000Z',
      confirmedAt: '2026-11-21T11:00:00.000Z',
      startedAt: null,
      completedAt: null,
      firstPosition: 1410,
      position: 1412,
    },
  ],
}

export const ERASURE_PROGRESS_EXAMPLE = { erasure: ERASURE, status: 'completed', position: 1421 }

export const FORGETTING_RECEIPT_EXAMPLE = { revision: 1, position: 1412, replayed: false }

export const HOLD_RECEIPT_EXAMPLE = { hold: HOLD, revision: 0, position: 1390, replayed: false }

export const HOLD_REQUEST_RECEIPT_EXAMPLE = { hold: HOLD, replayed: false }

export const HOLD_REQUEST_PAGE_EXAMPLE = {
  items: [
    {
      hold: HOLD,
      status: 'refused',
      ground: 'investigation',
      requestedAt: '2026-11-17T08:00:00.000Z',
      refusal: 'no-legal-basis',
      endedAt: '2026-11-18T08:00:00.000Z',
    },
  ],
}

export const HOLD_PAGE_EXAMPLE = {
  items: [
    {
      hold: HOLD,
      subject: SUBJECT,
      status: 'approved',
      requestedBy: 'regulator',
      ground: 'inspection',
      requester: null,
      requestedAt: null,
      refusal: null,
      placedAt: '2026-11-18T08:00:00.000Z',
      liftingRequestedAt: null,
      endedAt: null,
      firstPosition: 1390,
      position: 1391,
    },
  ],
}

export const NOTICE_PAGE_EXAMPLE = {
  items: [
    {
      notice: '5d1f0c52-5a0e-4ee5-8f0b-1f2f3f4f5f62',
      recipient: 'evaluation-sponsor',
      erasure: ERASURE,
      twins: ['11111111-1111-4111-8111-111111111111'],
      classes: ['identity', 'contact', 'optional-research'],
      position: 1420,
      recordedAt: '2026-11-21T12:00:00.000Z',
    },
  ],
}

export const CERTIFICATE_EXAMPLE = {
  certificate: {
    format: 'twin-ledger-erasure-certificate/2',
    erasure: ERASURE,
    request: REQUEST,
    subject: SUBJECT,
    ground: '17-1-b',
    erased: ['identity', 'contact', 'optional-research'],
    retained: [{ class: 'trial-record', ground: '17-3-b' }],
    keys: 3,
    payloads: 41,
    purged: [{ holder: 'identifier-index', items: 0 }],
    recipients: ['evaluation-sponsor'],
    residue: {
      status: 'pseudonymised',
      events: 64,
      telling: [
        { type: 'consent.given', events: 1, tells: 'what was consented to, with limits to models and kinds of data' },
      ],
    },
    steps: [
      {
        step: 'privacy.erasure-decided',
        at: '2026-11-21T10:00:00.000Z',
        by: { id: '8d6f…', role: 'compliance' },
        event: '9c1f0c52-5a0e-4ee5-8f0b-1f2f3f4f5f63',
        position: 1410,
      },
    ],
    checkpoint: 'twin-ledger.local/…\n1422\n…',
  },
  signature: 'eyJhbGciOiJFZERTQSIs….….…',
  proofs: [{ position: 1410, proof: 'c2sp.org/tlog-proof@v1\n…' }],
}
