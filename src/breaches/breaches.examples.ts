/** Examples of the API page. */
const BREACH = '77777777-7777-4777-8777-777777777777'

export const BREACH_RECEIPT_EXAMPLE = { breach: BREACH, revision: 0, position: 3001, replayed: false }
export const BREACH_PAGE_EXAMPLE = {
  items: [
    {
      breach: BREACH,
      status: 'open',
      risk: 'high',
      awareAt: '2026-11-22T08:00:00.000Z',
      dueAt: '2026-11-25T08:00:00.000Z',
      settledAt: null,
      overdueAt: null,
      closedAt: null,
      overdue: false,
      hoursLeft: 70,
      firstPosition: 3001,
      position: 3003,
    },
  ],
}
export const BREACH_EXAMPLE = {
  breach: BREACH,
  revision: 2,
  recorded: {
    detection: 'staff',
    detectedAt: '2026-11-22T07:30:00.000Z',
    awareAt: '2026-11-22T08:00:00.000Z',
    dueAt: '2026-11-25T08:00:00.000Z',
  },
  facts: { natures: ['confidentiality'], risk: 'high' },
  texts: { description: 'A laptop with an export was stolen from the study office.' },
  delayExplained: false,
  notifications: [],
  waived: false,
  informed: { direct: false, public: false },
  exception: null,
  overdue: false,
  closed: false,
  missingFacts: ['subjectCategories', 'recordCategories', 'subjects', 'records', 'contact', 'consequences', 'measures'],
  missingSteps: ['assessment', 'authority-notification', 'communication'],
}
