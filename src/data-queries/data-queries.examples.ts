/** Examples of the API page. */
const QUERY = '7b2d0c52-5a0e-4ee5-8f0b-1f2f3f4f5f64'
const ABOUT = {
  twin: '11111111-1111-4111-8111-111111111111',
  fact: '9c1f0c52-5a0e-4ee5-8f0b-1f2f3f4f5f60',
  field: 'quantity',
  site: 'evaluation-site-1',
}
const TRIAL = '3f0f3a52-6a0e-4ee5-8f0b-1f2f3f4f5f6f'

export const DATA_QUERY_RECEIPT_EXAMPLE = { query: QUERY, revision: 1, position: 1911, replayed: false }

export const DATA_QUERY_PAGE_EXAMPLE = {
  queries: [
    {
      query: QUERY,
      ...ABOUT,
      trial: TRIAL,
      code: 'K7QX-9M2T',
      reason: 'value-implausible',
      status: 'open',
      askedBy: 'steward',
      raisedAt: '2026-11-20T09:00:00.000Z',
      askedAt: '2026-11-20T09:00:00.000Z',
      answeredAt: null,
      correction: null,
      endedAt: null,
      cancellation: null,
      ageDays: 2,
    },
  ],
}

export const DATA_QUERY_SUMMARY_EXAMPLE = {
  sites: [{ trial: TRIAL, site: 'evaluation-site-1', open: 3, answered: 1, oldestDays: 12 }],
}

export const DATA_QUERY_HISTORY_EXAMPLE = {
  query: QUERY,
  ...ABOUT,
  trial: TRIAL,
  status: 'answered',
  revision: 3,
  history: [
    {
      type: 'data-query.raised',
      recordedAt: '2026-11-20T09:00:00.000Z',
      position: 1910,
      actor: { role: 'steward' },
      reason: 'value-implausible',
      data: ABOUT,
    },
    {
      type: 'data-query.question-recorded',
      recordedAt: '2026-11-20T09:00:00.000Z',
      position: 1911,
      actor: { role: 'steward' },
      reason: 'value-implausible',
      data: { text: 'Ten times the earlier values. Is the unit mg/dL?' },
    },
    {
      type: 'data-query.answered',
      recordedAt: '2026-11-21T10:00:00.000Z',
      position: 1950,
      actor: { role: 'investigator' },
      reason: null,
      data: { correction: '9c1f0c52-5a0e-4ee5-8f0b-1f2f3f4f5f63' },
    },
  ],
}
