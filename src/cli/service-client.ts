/** Requests of commands to a running service. */
import { Unavailable } from '../platform/errors.js'

/** A refusal as the service reported it (RFC 9457): its code, not one of ours. */
export class ServiceRefusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

/** @throws ServiceRefusal with the service's own code; Unavailable `service-unreachable` */
export const readJson = <T>(url: string, token: string): Promise<T> => request<T>(url, token, {})

/** @throws ServiceRefusal with the service's own code; Unavailable `service-unreachable` */
export const postJson = <T>(url: string, token: string, body: object, patienceMs?: number): Promise<T> =>
  request<T>(
    url,
    token,
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    patienceMs,
  )

async function request<T>(url: string, token: string, init: RequestInit, patienceMs = 30_000): Promise<T> {
  const headers = { ...init.headers, authorization: `Bearer ${token}` }
  const response = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(patienceMs) }).catch(
    (cause: unknown) => {
      throw new Unavailable('service-unreachable', 'The service does not answer; is it running?', {}, { cause })
    },
  )
  if (response.ok) return (await response.json()) as T
  const problem = (await response.json().catch(() => ({}))) as { code?: string; detail?: string }
  throw new ServiceRefusal(problem.code ?? `http-${response.status}`, problem.detail ?? 'The service refused.')
}
