/** Sending bundles to a running service. */
import type { Bundle, OperationOutcome } from 'fhir/r4.js'
import { Forbidden, Unauthenticated, Unavailable } from '../../../platform/errors.js'
import { withTimeLimit } from '../../../platform/time-limit.js'
import { FHIR_JSON } from '../send-outcome.js'
import type { SendAnswer, SendBundle } from './send-bundle.js'

export interface HttpSenderOptions {
  /** Base URL of the service, e.g. `http://127.0.0.1:3000`. */
  url: string
  /** Bearer token, or a function that gives a fresh one for each request. */
  token: string | (() => Promise<string>)
  /** Source system of bundles that name none. */
  source?: string
  /** Milliseconds to wait for an answer. */
  timeout?: number
}

const TRANSIENT = new Set([408, 429, 502, 503, 504])
const FIVE_MINUTES = 300_000

/** A sender over HTTP; a lost connection, a timeout and a busy service all end in Unavailable `import-service-unavailable`. */
export function httpSender(options: HttpSenderOptions): SendBundle {
  const endpoint = new URL('fhir/R4', options.url.endsWith('/') ? options.url : `${options.url}/`)
  return async (body, signal) => {
    const token = typeof options.token === 'string' ? options.token : await options.token()
    const { status, text } = await post(endpoint, body, token, options, signal)
    if (status === 401) {
      throw new Unauthenticated('import-token-refused', 'The service does not accept the access token.')
    }
    if (status === 403) throw new Forbidden('import-not-allowed', 'The account may not send bundles.')
    if (TRANSIENT.has(status)) {
      throw new Unavailable('import-service-unavailable', 'The service cannot take the bundle now.', { status })
    }
    return readAnswer(status, text)
  }
}

async function post(
  endpoint: URL,
  body: Buffer,
  token: string,
  { source, timeout = FIVE_MINUTES }: HttpSenderOptions,
  signal: AbortSignal | undefined,
): Promise<{ status: number; text: string }> {
  const headers: Record<string, string> = {
    authorization: `Bearer ${token}`,
    'content-type': FHIR_JSON,
    accept: FHIR_JSON,
    ...(source !== undefined && { 'x-source-system': source }),
  }
  try {
    return await withTimeLimit(timeout, signal, async (limited) => {
      const answer = await fetch(endpoint, { method: 'POST', headers, body: new Uint8Array(body), signal: limited })
      return { status: answer.status, text: await answer.text() }
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Unavailable('import-service-unavailable', 'The service cannot be reached.', {}, { cause: error })
  }
}

function readAnswer(status: number, text: string): SendAnswer {
  const document = parse(text)
  if (document?.resourceType === 'Bundle') return { response: document }
  const [issue] = document?.resourceType === 'OperationOutcome' ? document.issue : []
  const code = issue?.details?.coding?.[0]?.code ?? 'unexpected-answer'
  return { refused: { status, code, message: issue?.diagnostics ?? 'The service gave no reason.' } }
}

function parse(text: string): Bundle | OperationOutcome | undefined {
  try {
    return JSON.parse(text) as Bundle | OperationOutcome
  } catch {
    return undefined
  }
}
