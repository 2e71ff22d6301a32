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
