/** Asks every route that can be asked for what it answers to somebody, and what in the answers must not be there. */
import { permission } from '../../../src/identity/policy.js'
import type { Role } from '../../../src/identity/roles.js'
import { routesOf, type Route } from '../../identity/support/routes.js'
import type { TestService } from '../../support/test-service.js'

/** What the parameters of paths stand for, by name; lists are tried one by one. */
export type Known = Record<string, readonly string[]>

export interface Answer {
  path: string
  status: number
  /** Body, headers and, in clear, what cursors hold. */
  text: string
  body: string
}

type Ask = (path: string) => Promise<Response>

const PARAMETER = /:(\w+)/
/** Of nothing there is. */
const PLACEHOLDER = '00000000-0000-4000-8000-000000000000'

/**
 * Each path that this role may read something at, with its parameters: from the controllers, so that what the API page leaves out is
 * asked too. Whatever the policy denies to the role altogether is refused before it is answered (tests/identity/matrix.e2e.spec.ts).
 */
export function readablePaths({ service }: TestService, role: Role): string[] {
  const isOpen = ({ action }: Route) => action === undefined || permission(role, action) !== 'deny'
  const read = routesOf(service.app).filter((route) => route.method === 'GET' && isOpen(route))
  return read.map(({ path }) => path).filter((path) => !path.includes('*'))
}

/** @param queries asked too of every list that answers */
export async function crawl(ask: Ask, paths: readonly string[], known: Known, queries: readonly string[]) {
  const answers: Answer[] = []
  for (const template of paths)
    for (const path of filledIn(template, known)) {
      const answer = await answered(ask, path)
      answers.push(answer)
      if (/(:\w+|\.glb)$/.test(template) || ![200, 400].includes(answer.status)) continue
      answers.push(...(await Promise.all(queries.map((query) => answered(ask, `${path}?${query}`)))))
    }
  return answers
}

function filledIn(template: string, known: Known): string[] {
  const name = PARAMETER.exec(template)?.[1]
  if (name === undefined) return [template]
  const key = name === 'id' ? (/^\/api\/v1\/(\w+)/.exec(template)?.[1] ?? name) : name
  return (known[key] ?? [PLACEHOLDER]).flatMap((value) => filledIn(template.replace(PARAMETER, value), known))
}

async function answered(ask: Ask, path: string): Promise<Answer> {
  const response = await ask(path)
  const body = Buffer.from(await response.arrayBuffer()).toString('latin1')
  const headers = [...response.headers].filter(([name]) => !OF_THE_SERVICE.has(name)).map((pair) => pair.join(': '))
  return { path, status: response.status, body, text: [body, ...headers, ...cursorsIn(body)].join('\n') }
}

/** The same to everybody, or new with each request. */
const OF_THE_SERVICE = new Set([
  'date',
  'ledger-position',
  'x-correlation-id',
  'content-length',
  'content-security-policy',
])

/** What cursors of pages hold for whoever decodes them. */
function cursorsIn(body: string): string[] {
  const found = [...body.matchAll(/(?:"next":\s*"|cursor=)([\w-]+)/g)].map(([, cursor]) => cursor!)
  return found.map((cursor) => Buffer.from(cursor, 'base64url').toString('latin1'))
}

/**
 * Strings that could name somebody, and numbers under names of places and counts: what two answers must not share. The digest of a
 * file is its content, and equal contents stay equal.
 */
export function tellingParts(answers: readonly Answer[]): Set<string> {
  const found = new Set<string>()
  for (const { body, text } of answers) {
    for (const [id] of text.matchAll(UUID)) found.add(id.toLowerCase())
    for (const [time] of text.matchAll(MILLISECONDS)) found.add(time)
    for (const [, name, value] of text.matchAll(PLACE)) found.add(`${name}=${value}`)
    for (const [, cursor] of body.matchAll(/"next":\s*"([^"]+)"/g)) found.add(cursor!)
    for (const [header] of text.matchAll(/^(?:etag|content-disposition): .*\d.*$/gm)) found.add(header)
  }
  return found
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/gi
const MILLISECONDS = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g
const PLACE = /"(\w*[pP]osition|\w*[rR]evision|facts|corrections|next)":\s*(\d+)/g
