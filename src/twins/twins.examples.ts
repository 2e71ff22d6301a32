/** Examples in the OpenAPI document. Invented throughout. */
const TWIN = '5f0c4c56-9d1b-4f0e-8f0e-0a6f1f2f9c11'
const SUBJECT = 'c3b6c1de-2f55-4c39-a3a5-7e8f0b1c2d3e'
const EVENT = '7c1f7c0e-54b8-4a52-9d51-3e2c8f9a6b70'

export const RECEIPT_EXAMPLE = { twin: TWIN, revision: 8, position: 1042, eventIds: [EVENT], replayed: false }

export const FACT_VERSION_EXAMPLE = {
  id: EVENT,
  twin: TWIN,
  revision: 4,
  position: 311,
  recordedAt: '2026-03-01T08:15:30.120Z',
  actor: { id: '0b1d5e9c-6a0f-8c11-9d5e-2f7a4b8c6d10', role: 'investigator', org: 'clinic-basel' },
  kind: 'observation',
  status: 'current',
  value: {
    kind: 'observation',
    code: { system: 'http://loinc.org', code: '2093-3', display: 'Total cholesterol' },
    quantity: { value: 195, unit: 'mg/dL' },
    status: 'final',
    effective: { at: '2026-02-27T07:40:00Z' },
    source: { system: 'clinic-ehr', resourceType: 'Observation' },
  },
}

export const FINDING_EXAMPLE = {
  id: 'b2f0e9a4-7d1e-4a6b-8a53-4e0d9f6c1b22',
  twin: TWIN,
  revision: 5,
  position: 312,
  recordedAt: '2026-03-01T08:15:30.120Z',
  actor: FACT_VERSION_EXAMPLE.actor,
  value: {
    dimension: 'units',
    severity: 'error',
    rule: 'observation.unit-suspect',
    ruleSet: 'kahn-2026.1',
    target: EVENT,
    code: '2160-0',
  },
  meaning: 'The number is impossible in the stated unit and ordinary in another one: the unit is probably wrong.',
}

export const TWIN_EXAMPLE = {
  twin: TWIN,
  subject: SUBJECT,
  status: 'active',
  custody: { controller: 'clinic-basel', owner: 'evaluation-site-1' },
  source: 'clinic-ehr',
  survivor: null,
  absorbed: [],
  revision: 7,
  position: 980,
  registeredAt: '2026-03-01T08:15:30.120Z',
  lastRecordedAt: '2026-03-04T11:02:07.004Z',
  detail: 'coded',
  withheld: ['person', 'source-ids', 'free-text'],
  facts: [FACT_VERSION_EXAMPLE, { ...FACT_VERSION_EXAMPLE, revision: 6, position: 960, value: null, erased: true }],
  findings: [FINDING_EXAMPLE],
}

export const TWIN_PAGE_EXAMPLE = {
  twins: [
    {
      twin: TWIN,
      subject: SUBJECT,
      status: 'active',
      controller: 'clinic-basel',
      owner: 'evaluation-site-1',
      source: 'clinic-ehr',
      survivor: null,
      revision: 7,
      position: 980,
      facts: 42,
      corrections: 1,
      openFindings: 3,
      openErrors: 1,
      registeredPosition: 305,
      registeredAt: '2026-03-01T08:15:30.120Z',
      lastRecordedAt: '2026-03-04T11:02:07.004Z',
    },
  ],
  next: 'cjMwNQ',
}
