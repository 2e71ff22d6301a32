/** Examples of the API page. */
const TRIAL = '3f0f3a52-6a0e-4ee5-8f0b-1f2f3f4f5f6f'

export const RANDOMISATION_RECEIPT_EXAMPLE = { trial: TRIAL, revision: 2, position: 812 }

export const RANDOMISATION_EXAMPLE = {
  trial: TRIAL,
  design: {
    arms: [
      { arm: 'A', name: 'Rosuvastatin 20 mg', share: 1 },
      { arm: 'B', name: 'Placebo', share: 1 },
    ],
    blinded: ['participant', 'investigator', 'steward', 'modeller', 'sponsor', 'compliance', 'qa'],
    stratifiedBy: 'site',
  },
  randomised: 12,
  strata: [{ stratum: 'evaluation-site-1', places: 48, taken: 12 }],
  emergencies: 0,
  plans: [],
  lockedBelow: null,
  unblinded: null,
  unblindingRequests: [],
  revision: 13,
}

export const UNBLINDING_REQUEST_RECEIPT_EXAMPLE = {
  trial: TRIAL,
  request: '6d0f3a52-6a0e-4ee5-8f0b-1f2f3f4f5f6f',
  stream: 'trial-unblinding-6d0f3a52-6a0e-4ee5-8f0b-1f2f3f4f5f6f',
  position: 812,
}

export const ALLOCATION_RECEIPT_EXAMPLE = { trial: TRIAL, code: 'K7QX-9M2T', number: '480213', position: 812 }

export const ALLOCATION_PAGE_EXAMPLE = {
  allocations: [
    {
      code: 'K7QX-9M2T',
      site: 'evaluation-site-1',
      number: '480213',
      randomisedAt: '2026-03-02T09:30:00.000Z',
      unblindedAt: null,
      position: 812,
    },
  ],
}

export const ARM_EXAMPLE = { code: 'K7QX-9M2T', arm: 'A' }

export const LISTS_EXAMPLE = {
  lists: [
    {
      plan: { seed: '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff', blockSizes: [4, 6] },
      strata: [{ stratum: 'evaluation-site-1', arms: ['A', 'B', 'B', 'A'] }],
    },
  ],
}

export const UNBLINDINGS_EXAMPLE = {
  unblindings: [
    {
      unblinding: '6d0f3a52-6a0e-4ee5-8f0b-1f2f3f4f5f6f',
      code: 'K7QX-9M2T',
      actor: '0b5c7a52-94c1-8d3e-b0f1-2f6f0c9a1d11',
      reason: 'emergency-treatment',
      openedAt: '2026-03-02T09:30:00.000Z',
      reviewDue: '2026-03-05T09:30:00.000Z',
      overdue: false,
    },
  ],
}

export const UNREVIEWED_EXAMPLE = {
  unblindings: [
    {
      unblinding: '6d0f3a52-6a0e-4ee5-8f0b-1f2f3f4f5f6f',
      trial: TRIAL,
      code: 'K7QX-9M2T',
      actor: '0b5c7a52-94c1-8d3e-b0f1-2f6f0c9a1d11',
      openedAt: '2026-03-02T09:30:00.000Z',
      reviewDue: '2026-03-05T09:30:00.000Z',
      overdue: true,
    },
  ],
}
