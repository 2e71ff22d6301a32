/** Examples of the API page. */
const DECISION = '3f0e1c52-5a0e-4ee5-8f0b-1f2f3f4f5f62'
const SUBJECT = '22222222-2222-4222-8222-222222222222'
const RUN = '6a3d0c52-5a0e-4ee5-8f0b-1f2f3f4f5f6f'

export const DECISION_RECEIPT_EXAMPLE = { decision: DECISION, revision: 1, position: 1802, replayed: false }

export const DECISION_PAGE_EXAMPLE = {
  items: [
    {
      decision: DECISION,
      subject: SUBJECT,
      run: RUN,
      matter: 'eligibility',
      significant: true,
      status: 'adopted',
      contest: null,
      proposedAt: '2026-11-20T09:00:00.000Z',
      adoptedAt: '2026-11-20T11:00:00.000Z',
      firstPosition: 1801,
      position: 1806,
    },
  ],
}

export const DECISION_HISTORY_EXAMPLE = {
  decision: DECISION,
  subject: SUBJECT,
  revision: 1,
  history: [
    {
      type: 'decision.proposed',
      recordedAt: '2026-11-20T09:00:00.000Z',
      position: 1801,
      actor: { role: 'modeller' },
      data: { run: RUN, matter: 'eligibility', significant: true },
    },
    {
      type: 'decision.meaning-recorded',
      recordedAt: '2026-11-20T09:00:00.000Z',
      position: 1802,
      actor: { role: 'modeller' },
      data: { text: 'You are offered a place in the study.' },
    },
  ],
}
