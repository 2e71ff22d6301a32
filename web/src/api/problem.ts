/** A refusal or failure as the service reported it (RFC 9457), or a failure to reach the service. */
export class ApiProblem extends Error {
  constructor(
    /** HTTP status; 0 when there was no answer. */
    readonly status: number,
    /** Stable, kebab-case. */
    readonly code: string,
    detail: string,
    /** What to quote when asking for help. */
    readonly correlation?: string,
    /** Members beside the standard ones, such as the fields that are wrong. */
    readonly extensions: Record<string, unknown> = {},
  ) {
    super(detail)
  }
}

/** Reads a response that is not a success. */
export async function problemFrom(response: Response): Promise<ApiProblem> {
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>
  const { type: _type, title, status: _status, code, detail, instance, ...extensions } = body
  return new ApiProblem(
    response.status,
    typeof code === 'string' ? code : `http-${response.status}`,
    String(detail ?? title ?? 'The service refused the request without saying why.'),
    typeof instance === 'string' ? instance.replace('urn:uuid:', '') : undefined,
    extensions,
  )
}

export const unreachable = (): ApiProblem =>
  new ApiProblem(0, 'service-unreachable', 'The service cannot be reached. Check that it runs, then try again.')

/** Whatever was thrown, as a problem that can be shown. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  return new ApiProblem(0, 'console-error', error instanceof Error ? error.message : String(error))
}
