/** Examples of the API page. */
export const LEGAL_ENTRY_EXAMPLE = {
  id: 'us-p11',
  standing: 'approved',
  entry: {
    id: 'us-p11',
    jurisdiction: 'US',
    instrument: 'Electronic Records; Electronic Signatures',
    citation: '21 CFR 11',
    kind: 'law',
    status: 'in force',
    published: null,
    inForce: '1997-08-20',
    appliesFrom: [],
    appliesUntil: null,
    supersedes: null,
    clauses: ['11.10(e)', '11.50'],
    touches: ['audit', 'sign', 'export'],
    controls: ['TL-AUD-001'],
    owner: 'compliance office',
    approvedBy: '3f0c6f39-6d0c-4d4f-9a1f-2f8e2a7d8c11',
    sourceUrl: 'https://www.ecfr.gov/current/title-21/part-11',
    lastChecked: '2026-11-20',
    confidence: 'H',
    note: null,
  },
  draft: null,
  proposal: null,
  lastCheck: { checkedOn: '2026-11-20', outcome: 'unchanged', remark: 'Compared with the text in force.' },
  retirement: null,
  requirements: [{ id: 'TL-AUD-001', statement: 'The audit trail has one entry for each event.', status: 'built' }],
  revision: 3,
}

export const LEGAL_RECEIPT_EXAMPLE = { id: 'us-p11', revision: 3, position: 1310, replayed: false }

export const DUE_ENTRY_EXAMPLE = {
  id: 'eu-pld',
  instrument: 'Product Liability Directive',
  reasons: ['never-checked', 'applies-soon'],
  lastChecked: null,
  inForce: null,
  appliesFrom: ['2026-12-09'],
}
