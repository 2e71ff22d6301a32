/** Examples of the API page. */
const ASSESSMENT = '88888888-8888-5888-8888-888888888888'
const LISTED = {
  assessment: ASSESSMENT,
  revision: 4,
  status: 'approved',
  draft: null,
  approval: {
    by: 'qa-1',
    at: '2026-11-22T10:00:00.000Z',
    reviewBy: '2027-11-22T00:00:00.000Z',
    residualRisk: 'low',
    signature: '99999999-9999-4999-8999-999999999999',
    reviewNoticed: false,
  },
}
const USE = { model: 'cvd.prevent-2023', version: null, purpose: 'HRESCH' }

export const ASSESSMENT_RECEIPT_EXAMPLE = { assessment: ASSESSMENT, revision: 1, position: 3101, replayed: false }
export const ASSESSMENT_LIST_EXAMPLE = [{ ...LISTED, ...USE }]
export const ASSESSMENT_EXAMPLE = {
  ...LISTED,
  use: USE,
  texts: {
    description: 'Ten-year risk of each enrolled person.',
    necessity: 'No less intrusive predictor is as accurate.',
    risks: 'A wrong score may lead to a wrong choice.',
    measures: 'A clinician reviews each score.',
  },
  advice: 'The measures suffice as long as each score is reviewed.',
}
