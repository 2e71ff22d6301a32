/** The scope that stands for the API at the embedded issuer. */
export const API_SCOPE = 'twin-ledger'

/** The console as the embedded issuer knows it: a public client, of which nothing has to be configured. */
export const EVALUATION_CONSOLE_CLIENT = {
  clientId: 'console',
  scope: `openid ${API_SCOPE}`,
  resource: undefined,
} as const
