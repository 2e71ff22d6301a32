/** Examples of the API page. */
const [SPONSOR, QA] = ['0b5c7a52-94c1-8d3e-b0f1-2f6f0c9a1d11', '7c5c7a52-94c1-8d3e-b0f1-2f6f0c9a1d11']

export const DATA_LOCK_EXAMPLE = {
  trial: '3f0f3a52-6a0e-4ee5-8f0b-1f2f3f4f5f6f',
  lockedBelow: null,
  locks: [{ below: 5120, at: '2026-03-02T09:30:00.000Z', by: SPONSOR }],
  unlockings: [
    {
      unlocking: '6d0f3a52-6a0e-4ee5-8f0b-1f2f3f4f5f6f',
      reason: 'data-wrong',
      digest: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      requestedBy: SPONSOR,
      requestedAt: '2026-03-04T09:30:00.000Z',
      decision: { outcome: 'approved', by: QA, at: '2026-03-05T09:30:00.000Z', afterUnblinding: false },
    },
  ],
}

export const CHANGES_EXAMPLE = {
  participants: [
    {
      code: 'K7QX-9M2T',
      entries: 84,
      changes: [
        {
          position: 5200,
          recordedAt: '2026-03-03T09:30:00.000Z',
          type: 'twin.fact-corrected',
          sentence: 'A recorded fact was corrected (entered-in-error); the earlier value stays on record.',
          reason: 'entered-in-error',
          corrects: true,
          inData: false,
        },
      ],
    },
  ],
}
