/** Answers of the roster API, for its documentation. */
const ACTOR = '0b5c7a52-94c1-8d3e-b0f1-2f6f0c9a1d11'
const act = (by: string, role: string, at: string) => ({ by, role, at })

export const ROSTER_EXAMPLE = {
  asOf: '2026-11-01T00:00:00.000Z',
  people: [
    {
      actor: ACTOR,
      kind: 'person',
      registeredAt: '2026-03-02T08:00:00.000Z',
      revoked: false,
      locked: false,
      trainings: [{ role: 'investigator', completedOn: '2026-03-01', validUntil: '2028-03-01' }],
      attestations: [],
      roles: ['investigator'],
      grants: [
        {
          grant: '1f4f1c0e-5b0a-4c57-9b0e-3d7a3f3f6a10',
          actor: ACTOR,
          role: 'investigator',
          scope: { org: 'evaluation-clinic', site: 'evaluation-site-1' },
          from: '1970-01-01T00:00:00.000Z',
          basis: 'request',
          requested: act('5d0c2b7e-03a1-8f5b-9c1e-7b1b1d0f2c44', 'compliance', '2026-03-02T08:05:00.000Z'),
          approved: act('9a7d4c11-7c52-8b0d-a3d5-0c2f6e8b4a21', 'investigator', '2026-03-02T09:00:00.000Z'),
          executed: act('c3b1e0f4-2d6a-8e19-8f40-6a9b7c5d3e12', 'administrator', '2026-03-02T09:10:00.000Z'),
          reviews: [],
          status: 'in-force',
        },
      ],
    },
  ],
}
