/** Examples of the API page. */
export const CONFIGURATION_EXAMPLE = {
  instance: 'main',
  process: 'service',
  software: {
    version: '0.1.0',
    node: '20.20.2',
    build: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    requirements: '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752',
  },
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
