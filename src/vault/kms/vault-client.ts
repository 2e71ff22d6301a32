/** The HTTP API of HashiCorp Vault and OpenBao, as far as transit needs it: a token, JSON, a time limit, retries. */
import { readFileSync } from 'node:fs'
import { providerRefused, providerUnavailable, withRetries, type Retries } from './provider-errors.js'

export const VAULT_PROVIDER = 'vault-transit'

export interface VaultConnection {
  /** `https://vault.example.org:8200` */
  address: string
  namespace?: string
  token?: string
  /** Read anew for each request, so that an agent may renew it; wins over `token`. */
  tokenFile?: string
  /** For one attempt; default 2,000. */
  timeoutMs?: number
  retries?: Retries
}

export class VaultClient {
  constructor(private readonly connection: VaultConnection) {}

  /**
   * The member `data` of the answer, `{}` when there is none.
   *
   * @param path below `/v1/`
   * @param badRequest what status 400 means: the request was understood, and what it carries is wrong
   * @throws Unavailable `key-management-unavailable` or `key-management-refused`
   */
  request(
    method: 'GET' | 'POST',
    path: string,
    body?: object,
    badRequest = () => providerRefused(VAULT_PROVIDER, 'HTTP 400') as Error,
  ): Promise<Record<string, unknown>> {
    const retries = this.connection.retries ?? { attempts: 4, firstPauseMs: 100 }
    return withRetries(retries, () => this.attempt(method, path, body, badRequest))
  }

  private async attempt(
    method: string,
    path: string,
    body: object | undefined,
    badRequest: () => Error,
  ): Promise<Record<string, unknown>> {
    const { address, timeoutMs = 2_000 } = this.connection
    const headers = this.headers()
    let status: number
    let text: string
    try {
      const response = await fetch(`${address.replace(/\/+$/, '')}/v1/${path}`, {
        method,
        headers,
        ...(body && { body: JSON.stringify(body) }),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      })
      status = response.status
      text = await response.text()
    } catch (cause) {
      throw providerUnavailable(VAULT_PROVIDER, reasonOf(cause), cause)
    }
    if (status === 400) throw badRequest()
    // Sealed, standby, overloaded or failing behind a proxy.
    if (status === 412 || status === 429 || status >= 472) throw providerUnavailable(VAULT_PROVIDER, `HTTP ${status}`)
    if (status >= 300) throw providerRefused(VAULT_PROVIDER, `HTTP ${status}`)
    return dataOf(text)
  }

  private headers(): Record<string, string> {
    const { token, tokenFile, namespace } = this.connection
    return {
      'content-type': 'application/json',
      'x-vault-request': 'true',
      'x-vault-token': tokenFile === undefined ? (token ?? '') : readToken(tokenFile),
      ...(namespace !== undefined && { 'x-vault-namespace': namespace }),
    }
  }
}

function readToken(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (cause) {
    throw providerUnavailable(VAULT_PROVIDER, `token file: ${(cause as NodeJS.ErrnoException).code}`)
  }
}

function dataOf(text: string): Record<string, unknown> {
  if (text === '') return {}
  try {
    return (JSON.parse(text) as { data?: Record<string, unknown> | null }).data ?? {}
  } catch {
    throw providerUnavailable(VAULT_PROVIDER, 'an answer that is not JSON')
  }
}

/** `TimeoutError`, or the code of the connection's failure. */
function reasonOf(failure: unknown): string {
  const { name, cause } = failure as Error & { cause?: { code?: string } }
  return cause?.code ?? name
}
