/** Examples of the API page. */
export const ENTRY_EXAMPLE = {
  position: 1204,
  id: '5f1c0a8e-5b0a-4f0e-9a6f-0d1f4c2b7a11',
  recordedAt: '2026-03-02T09:31:07.412Z',
  occurredAt: null,
  type: 'twin.fact-corrected',
  sentence: 'A recorded fact was corrected (entry-error); the earlier value stays on record.',
  actor: { id: '9a0c5d3e-2b1f-8c4d-9e6a-7b8c9d0e1f2a', role: 'investigator', org: 'clinic-basel' },
  purpose: 'TREAT',
  reason: 'entry-error',
  subject: '22222222-2222-4222-8222-222222222222',
  trial: null,
  enrolmentCode: null,
  stream: 'twin-11111111-1111-4111-8111-111111111111',
  revision: 14,
  correlation: '0c7d1c2e-3f4a-4b5c-8d6e-7f8a9b0c1d2e',
  causation: null,
  sealed: true,
  keyId: '7e6d5c4b-3a29-4180-8f7e-6d5c4b3a2918',
  proof: '/log/proof/1204',
}

const cholesterol = (value: number) => ({
  kind: 'observation',
  code: { system: 'http://loinc.org', code: '2093-3', display: 'Cholesterol' },
  quantity: { value, unit: 'mg/dL' },
  status: 'final',
  effective: { at: '2026-03-01T08:00:00Z' },
  source: { system: 'clinic-ehr' },
})

export const ENTRY_DETAIL_EXAMPLE = {
  ...ENTRY_EXAMPLE,
  payload: {
    state: 'opened',
    data: {
      target: '0b9a8f7e-6d5c-4b3a-8291-807f6e5d4c3b',
      replacement: cholesterol(212),
      explanation: 'Digits were swapped.',
    },
  },
  change: {
    rule: 'corrected-fact',
    meaning: 'The old value is that of the event which the correction names.',
    old: cholesterol(122),
    oldPosition: 1190,
    new: cholesterol(212),
  },
  occurrence: { at: '2026-03-01T08:00:00Z', lagSeconds: 91_867, late: true },
  explanation: 'Digits were swapped.',
  source: { system: 'clinic-ehr' },
}

export const AUDIT_PAGE_EXAMPLE = { entries: [ENTRY_EXAMPLE], next: 'mR0s1f…', total: 1 }

export const EVENT_TYPES_EXAMPLE = [
  {
    type: 'twin.fact-corrected',
    schema: 1,
    sealedUnder: 'trial-record',
    sentence: 'A recorded fact was corrected (reason); the earlier value stays on record.',
  },
]
