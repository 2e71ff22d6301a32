/** Requests of commands to a running service. */
import { Unavailable } from '../platform/errors.js'
import { problemOfAnswer } from './problem-of-answer.js'

/** @throws the service's refusal with its own code; Unavailable `service-unreachable` */
export const readJson = <T>(url: string, token: string): Promise<T> => request<T>(url, token, {})

/** @throws the service's refusal with its own code; Unavailable `service-unreachable` */
export const postJson = <T>(url: string, token: string, body: object, patienceMs?: number): Promise<T> =>
  request<T>(
    url,
    token,
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    patienceMs,
  )

const TRIES = 6

/**
 * Waits until the read models show what was recorded at a position, so that whoever runs one command after another reads what the first
 * one wrote. Where they take too long the command has done its work all the same.
 */
export async function untilShown(url: string, position: number): Promise<void> {
  const headers = { 'ledger-wait-for': String(position + 1) }
  for (let attempt = 0; attempt < TRIES; attempt++)
    if (
      await fetch(`${url}/log/vkey`, { headers }).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return
}

async function request<T>(url: string, token: string, init: RequestInit, patienceMs = 30_000): Promise<T> {
  const headers = { ...init.headers, authorization: `Bearer ${token}` }
  const response = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(patienceMs) }).catch(
    (cause: unknown) => {
      throw new Unavailable('service-unreachable', 'The service does not answer; is it running?', {}, { cause })
    },
  )
  if (response.ok) return (await response.json()) as T
  throw await problemOfAnswer(response)
}
