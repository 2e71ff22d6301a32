import { STATUS_CODES } from 'node:http'

/** RFC 9457 problem document. Extension members carry codes, positions and field names, never values a person typed. */
export interface ProblemDetails {
  /** `urn:twin-ledger:error:<code>`. */
  type: string
  title: string
  status: number
  /** Stable, kebab-case; scripts rely on it. */
  code: string
  detail: string
  /** `urn:uuid:<correlation id>`: what to quote when asking for help. */
  instance: string
  [extension: string]: unknown
}

/** What distinguishes one problem from another; the rest follows. */
export interface Problem {
  status: number
  code: string
  detail: string
  extensions?: Readonly<Record<string, unknown>>
}

/** Completes a problem. Extension members never override the standard ones. */
export function problemDetails(problem: Problem, correlation: string): ProblemDetails {
  const { status, code, detail, extensions = {} } = problem
  return {
    ...extensions,
    type: `urn:twin-ledger:error:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail,
    instance: `urn:uuid:${correlation}`,
  }
}
