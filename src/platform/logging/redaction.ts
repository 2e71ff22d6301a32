/** Names of fields whose values never enter a log, in any spelling: `apiKey`, `api_key`, `Set-Cookie`. */
const SECRET =
  /authorization|cookie|token|password|passwd|secret|credential|apikey|privatekey|signingkey|encryptionkey|assertion|^(pin|otp|jwt|kek|dek|pwd)$/
const URL_WITH_PASSWORD = /([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s@/]+@/gi
const BEARER = /\b(Bearer|Basic|DPoP)\s+[A-Za-z0-9._~+/=-]+/gi
const JWT = /\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g

const REDACTED = '[redacted]'
const DEEPEST = 6

/**
 * A copy of `fields` fit for the log: values of secret-sounding names replaced at any depth, and credentials inside
 * texts (connection URLs, bearer tokens, JWTs) masked. Errors keep name, code, message and stack, but neither the extra
 * properties drivers hang on them, which may quote rows, nor a message that repeats input.
 */
export function withoutSecrets(fields: object): Record<string, unknown> {
  return clean(fields, 0) as Record<string, unknown>
}

/** Masks credentials inside a text. */
export function maskText(text: string): string {
  return text.replace(URL_WITH_PASSWORD, '$1:[redacted]@').replace(BEARER, `$1 ${REDACTED}`).replace(JWT, REDACTED)
}

function clean(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return maskText(value)
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return value
  if (depth >= DEEPEST) return '[deep]'
  if (value instanceof Error) return cleanError(value)
  if (value instanceof Date) return value
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (Array.isArray(value)) return value.map((item) => clean(item, depth + 1))
  const plain = 'toJSON' in value && typeof value.toJSON === 'function' ? (value.toJSON() as object) : value
  return Object.fromEntries(
    Object.entries(plain).map(([name, item]) => [name, isSecret(name) ? REDACTED : clean(item, depth + 1)]),
  )
}

function isSecret(name: string): boolean {
  return SECRET.test(name.toLowerCase().replace(/[^a-z]/g, ''))
}

function cleanError(error: Error): Record<string, unknown> {
  const { code } = error as { code?: unknown }
  const [, frames = ''] = /^[^]*?((?:\n\s+at [^]*)?)$/.exec(error.stack ?? '') ?? []
  const message = quotesInput(error) ? {} : { message: maskText(error.message) }
  return { name: error.name, ...(code === undefined ? {} : { code }), ...message, stack: frames.trim() }
}

/** Parsers and the database (SQLSTATE classes 22 and 23) repeat the offending input in their messages. */
function quotesInput(error: Error): boolean {
  const { code } = error as { code?: unknown }
  return error instanceof SyntaxError || (typeof code === 'string' && /^2[23][0-9A-Z]{3}$/.test(code))
}
