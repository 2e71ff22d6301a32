/** Examples of the API page. */
export const PERMIT_EXAMPLE = {
  permit: '7c1f0d6e-52c4-4b0f-9a1e-0d1c2b3a4f50',
  identifier: 'HDAB-2026-0042',
  issuer: 'access-body',
  jurisdiction: 'DE',
  document: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  purposes: ['scientific-research'],
  dataCategories: ['demographics', 'vital-signs', 'laboratory'],
  models: ['cvd'],
  holder: 'evaluation-clinic',
  user: 'evaluation-institute',
  from: '2026-11-01T00:00:00.000Z',
  until: '2028-11-01T00:00:00.000Z',
  standing: 'in-force',
  approvedBy: '3f0c6f39-6d0c-4d4f-9a1f-2f8e2a7d8c11',
  waiting: null,
  revoked: null,
  revision: 1,
}

export const PERMIT_RECEIPT_EXAMPLE = {
  permit: '7c1f0d6e-52c4-4b0f-9a1e-0d1c2b3a4f50',
  revision: 1,
  position: 2210,
  replayed: false,
}
