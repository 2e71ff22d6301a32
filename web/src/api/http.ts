/** Requests to the service: the bearer token, problem documents as errors, reading one's own writes. */
import { ENDED } from '../session/renewal.js'
import { closeSession, currentSession } from '../session/store.js'
import { problemFrom, unreachable, type ApiProblem } from './problem.js'

export type Query = Record<string, string | number | boolean | undefined>

/** One past the last event this console caused; reads wait until it is reflected (`Ledger-Wait-For`). */
let waitFor = 0

/** @throws ApiProblem */
export async function read<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  const headers = waitFor > 0 ? { 'Ledger-Wait-For': String(waitFor) } : undefined
  return (await (await send(withQuery(path, query), { headers, signal })).json()) as T
}

/** A page of a list, and where the next one starts; absent on the last. */
export interface Listed<Row> {
  items: Row[]
  next?: string
}

/** A page of a list that answers keep under a name of its own, `twins` for instance. @throws ApiProblem */
export async function readPage<Row>(
  path: string,
  name: string,
  query: Query = {},
  signal?: AbortSignal,
): Promise<Listed<Row>> {
  const { [name]: items, next } = await read<Record<string, unknown>>(path, query, signal)
  return { items: items as Row[], ...(typeof next === 'string' && { next }) }
}

/** @throws ApiProblem */
export async function readText(path: string, signal?: AbortSignal): Promise<string> {
  return (await send(path, { signal })).text()
}

/** @throws ApiProblem */
export async function readFile(path: string, query: Query = {}): Promise<{ name: string | undefined; content: Blob }> {
  const response = await send(withQuery(path, query), {})
  const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1]
  return { name, content: await response.blob() }
}

interface ChangeOptions {
  method?: 'POST' | 'PUT'
  /** The revision that was read; another one refuses the change. */
  revision?: number
}

/** Changes something once, however often the request is repeated on the way. @throws ApiProblem */
export async function change<T>(path: string, body: object, { method = 'POST', revision }: ChangeOptions = {}) {
  const headers = new Headers({ 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() })
  if (revision !== undefined) headers.set('If-Match', `"${revision}"`)
  return receipt<T>(await send(path, { method, headers, body: JSON.stringify(body) }))
}

/** Hands a file over as it is. @throws ApiProblem */
export async function upload<T>(path: string, file: Blob, mediaType: string) {
  const headers = { 'Content-Type': mediaType, 'Idempotency-Key': crypto.randomUUID() }
  return receipt<T>(await send(path, { method: 'POST', headers, body: file }))
}

async function receipt<T>(response: Response): Promise<T & { position?: number }> {
  const answer = (await response.json()) as T & { position?: number }
  if (typeof answer.position === 'number') waitFor = Math.max(waitFor, answer.position + 1)
  waitFor = Math.max(waitFor, Number(response.headers.get('Ledger-Position') ?? 0))
  return answer
}

async function send(path: string, init: RequestInit): Promise<Response> {
  const session = currentSession()
  const headers = new Headers(init.headers)
  if (session !== null) headers.set('Authorization', `Bearer ${session.token}`)
  if (session?.actingRole !== undefined) headers.set('Acting-Role', session.actingRole)
  if (session?.purpose !== undefined) headers.set('Purpose-Of-Use', session.purpose)
  const response = await fetch(path, { ...init, headers }).catch((error: unknown) => {
    throw init.signal?.aborted ? error : unreachable()
  })
  if (response.ok) return response
  const problem = await problemFrom(response)
  // What an earlier token is refused for says nothing of the one that has replaced it meanwhile.
  if (endsTheSession(problem) && currentSession()?.token === session?.token)
    closeSession(problem.code === 'token-expired' ? ENDED : problem.message)
  throw problem
}

/** A signature wants a fresh authentication, and who holds no role is told so; the session goes on without either. */
function endsTheSession({ status, code }: ApiProblem): boolean {
  return status === 401 && !code.startsWith('step-up-') && code !== 'token-role-missing'
}

function withQuery(path: string, query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  if (given.length === 0) return path
  return `${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}
