/** Examples of the API page. */
export const CONFIGURATION_EXAMPLE = {
  instance: 'main',
  process: 'service',
  software: { version: '0.1.0', node: '20.20.2' },
  settings: {
    LOG_LEVEL: { value: 'info' },
    PUBLIC_URL: { value: null },
    DATABASE_URL: { fingerprint: 'q8rYF1m0cWvJt3yWb4c0Ag' },
  },
  revision: 2,
}

export const CLOCK_EXAMPLE = {
  readings: [
    { against: 'log', differenceMs: 0, uncertaintyMs: 0, limitMs: 2000, measuredAt: '2026-11-20T09:31:00.000Z' },
    { against: 'database', differenceMs: -3, uncertaintyMs: 1, limitMs: 2000, measuredAt: '2026-11-20T09:31:00.001Z' },
  ],
  drifts: [
    {
      against: 'log',
      from: '2026-11-19T22:00:04.120Z',
      to: '2026-11-19T22:03:04.410Z',
      differenceMs: -61_204,
      largestMs: 61_204,
    },
  ],
}
