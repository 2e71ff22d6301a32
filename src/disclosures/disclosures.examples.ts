/** Examples of the API page. */
export const DISCLOSURE_RECEIPT_EXAMPLE = { position: 4001, replayed: false }
export const ACCOUNTING_EXAMPLE = {
  subject: '22222222-2222-4222-8222-222222222222',
  disclosures: [
    {
      recipient: 'Evaluation Sponsor Ltd',
      address: 'Musterstraße 1, 10115 Berlin',
      description: 'demographics, observation',
      purpose: 'CLINTRCH',
      first: '2026-11-20T09:00:00.000Z',
      last: '2026-11-22T09:00:00.000Z',
      times: 3,
    },
  ],
  suspensions: [],
}
