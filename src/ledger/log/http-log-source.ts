/** A log over HTTP or HTTPS (C2SP tlog-tiles), read with bounded time, size and attempts. */
import { setTimeout as delay } from 'node:timers/promises'
import { boundedBody } from '../../platform/bounded-body.js'
import { Forbidden, InvalidRequest, TwinLedgerError, Unavailable } from '../../platform/errors.js'
import { withTimeLimit } from '../../platform/time-limit.js'
import { type PublishedLog, resourceTooLarge } from './log-source.js'
import { resourceLogSource } from './resource-log-source.js'
import { errorCode } from './system-error.js'

export interface HttpLogSourceOptions {
  /** Sent with requests for entry bundles and with no other. */
  token?: string
  /** Milliseconds that one attempt may take, body included; default 30,000. */
  timeoutMs?: number
  /** Attempts at each resource, at least 1; default 4. */
  attempts?: number
  /** Milliseconds before the second attempt, doubled before each further one; default 250. */
  retryDelayMs?: number
  signal?: AbortSignal
}

const RETRIED = new Set([408, 425, 429, 500, 502, 503, 504])

function unreachable(reason: string | number): Unavailable {
  return new Unavailable('log-unreachable', 'The log does not answer as it should.', { reason })
}

async function readBody(response: Response, path: string, maxBytes: number): Promise<Buffer> {
  const body = await boundedBody(response, maxBytes)
  if (!body) throw resourceTooLarge(path, maxBytes)
  return body
}

/** The body, null where the log has no such resource. @throws Unavailable where another attempt may succeed */
async function accept(response: Response, path: string, maxBytes: number): Promise<Buffer | null> {
  if (response.ok) return readBody(response, path, maxBytes)
  await response.body?.cancel()
  if (response.status === 404 || response.status === 410) return null
  if (response.status === 401 || response.status === 403) {
    throw new Forbidden('log-access-denied', 'The log asks for a token that allows reading its entries.', { path })
  }
  throw unreachable(response.status)
}

function mayRetry(error: Unavailable): boolean {
  const { reason } = error.details
  return typeof reason !== 'number' || RETRIED.has(reason)
}

/** @param prefix URL in front of `/checkpoint` and `/tile/` @throws InvalidRequest `log-url-invalid` */
export function httpLogSource(prefix: string, options: HttpLogSourceOptions = {}): PublishedLog {
  const { token, timeoutMs = 30_000, attempts = 4, retryDelayMs = 250, signal } = options
  if (!/^https?:$/.test(URL.canParse(prefix) ? new URL(prefix).protocol : '')) {
    throw new InvalidRequest('log-url-invalid', "The log's address is not an http or https URL.")
  }
  const base = prefix.replace(/\/+$/, '')

  const attempt = async (path: string, maxBytes: number): Promise<Buffer | null> => {
    const headers = token && path.startsWith('tile/entries/') ? { authorization: `Bearer ${token}` } : undefined
    const ask = async (limited: AbortSignal) =>
      accept(await fetch(`${base}/${path}`, { headers, signal: limited }), path, maxBytes)
    try {
      return await withTimeLimit(timeoutMs, signal, ask)
    } catch (error) {
      if (error instanceof TwinLedgerError || signal?.aborted) throw error
      throw unreachable(errorCode(error))
    }
  }

  return resourceLogSource(async (path, maxBytes) => {
    for (let tries = 1; ; tries++) {
      try {
        return await attempt(path, maxBytes)
      } catch (error) {
        if (!(error instanceof Unavailable) || tries >= attempts || !mayRetry(error)) throw error
        await delay(retryDelayMs * 2 ** (tries - 1), undefined, { signal })
      }
    }
  })
}
