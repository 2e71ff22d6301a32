/** Examples of the API page. */
const [TWIN, RUN, ACTOR] = [
  '11111111-1111-4111-8111-111111111111',
  '6f1c9a52-35f4-4f0c-8a53-9f8f5b1f7a10',
  '0b5c7a52-94c1-8d3e-b0f1-2f6f0c9a1d11',
]

export const REPEATS_EXAMPLE = {
  repeats: [
    {
      twin: TWIN,
      model: 'cvd.prevent-2023',
      trial: null,
      purpose: 'HRESCH',
      runs: 3,
      completed: 2,
      refused: 1,
      failed: 0,
      cancelled: 0,
      repeated: 2,
      replays: 0,
      replaysDiffering: 0,
      versions: ['1.0.0'],
      actors: 1,
      firstAt: '2026-03-02T09:30:00.000Z',
      lastAt: '2026-03-04T09:30:00.000Z',
    },
  ],
}

export const TRACE_EXAMPLE = {
  runs: [
    {
      run: RUN,
      status: 'completed',
      version: '1.0.0',
      twinRevision: 84,
      codes: [],
      actor: ACTOR,
      requestedAt: '2026-03-04T09:30:00.000Z',
      requestedPosition: 5120,
      knew: [{ run: RUN.replace('6f', '7f'), actor: ACTOR, role: 'modeller', at: '2026-03-02T09:41:07.000Z' }],
    },
  ],
}
