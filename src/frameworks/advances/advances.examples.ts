/** Examples of the API page. */
export const ADVANCE_EXAMPLE = {
  id: 'prevent-equations-2023',
  title: 'PREVENT: risk equations with kidney function and without race',
  area: 'heart',
  method: 'Sex-specific regression with competing risk, derived in 25 data sets.',
  source: {
    citation: 'Khan et al., Circulation 2024;149:430',
    doi: '10.1161/CIRCULATIONAHA.123.067626',
  },
  published: '2023-11',
  changes: 'Adds heart failure and a 30-year horizon to what a twin can be asked.',
  alternatives: ['SCORE2', 'QRISK3'],
  models: ['cvd.prevent-2023'],
  confidence: 'H',
  lastChecked: '2026-11-22',
  status: 'reviewed',
  supersededBy: null,
  revision: 1,
}

export const ADVANCE_RECEIPT_EXAMPLE = { id: 'prevent-equations-2023', revision: 0, position: 1310, replayed: false }
