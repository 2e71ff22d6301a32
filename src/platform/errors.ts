/**
 * The one error hierarchy. Every error that can reach a caller has a stable `code` (listed in docs/errors.md), an HTTP
 * status and a message that helps the caller and never carries personal data or a secret.
 * Rendered as RFC 9457 problem+json by the HTTP layer and as one line by the command line.
 */
export abstract class TwinLedgerError extends Error {
  /** Stable, kebab-case; scripts rely on it. */
  abstract readonly code: string
  /** HTTP status that carries this error. */
  abstract readonly status: number
  /** Machine-readable extension members of the problem document: codes, positions, field names; no values. */
  readonly details: Readonly<Record<string, unknown>>

  constructor(message: string, details: Record<string, unknown> = {}, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
    this.details = details
  }
}

/** The request itself is wrong: a malformed body, an unknown field, a value out of its range. */
export class InvalidRequest extends TwinLedgerError {
  readonly status = 400
  constructor(
    readonly code: string,
    message: string,
    details?: Record<string, unknown>,
    options?: ErrorOptions,
  ) {
    super(message, details, options)
  }
}

/** Nobody, or nobody we can verify, is calling. */
export class Unauthenticated extends TwinLedgerError {
  readonly status = 401
  constructor(
    readonly code: string,
    message: string,
    details?: Record<string, unknown>,
  ) {
    super(message, details)
  }
}

/** The caller is known and may not do this. */
export class Forbidden extends TwinLedgerError {
  readonly status = 403
  constructor(
    readonly code: string,
    message: string,
    details?: Record<string, unknown>,
  ) {
    super(message, details)
  }
}

export class NotFound extends TwinLedgerError {
  readonly status = 404
  constructor(
    readonly code: string,
    message: string,
    details?: Record<string, unknown>,
  ) {
    super(message, details)
  }
}

/** The state of the ledger does not allow this now: a stale revision, a rule of the domain, a reused key. */
export class Conflict extends TwinLedgerError {
  readonly status: number = 409
  constructor(
    readonly code: string,
    message: string,
    details?: Record<string, unknown>,
  ) {
    super(message, details)
  }
}

/** `If-Match` or an expected revision does not hold any more. */
export class RevisionConflict extends Conflict {
  override readonly status = 412
  constructor(stream: string, expected: number | string, actual: number) {
    super('revision-conflict', 'The record changed since it was read.', { stream, expected, actual })
  }
}

/** Well-formed and understood, but a rule of the domain refuses it. */
export class Unprocessable extends TwinLedgerError {
  readonly status = 422
  constructor(
    readonly code: string,
    message: string,
    details?: Record<string, unknown>,
  ) {
    super(message, details)
  }
}

/** One caller asked for more than a fair share; nothing of the request was looked at. */
export class TooManyRequests extends TwinLedgerError {
  readonly code = 'too-many-requests'
  readonly status = 429
  constructor() {
    super('Too many requests; try again later.')
  }
}

/** Something we depend on is away or not ready; the same request may succeed later. */
export class Unavailable extends TwinLedgerError {
  readonly status = 503
  constructor(
    readonly code: string,
    message: string,
    details?: Record<string, unknown>,
    options?: ErrorOptions,
  ) {
    super(message, details, options)
  }
}

/** What is stored contradicts itself or its proof. Never ignored, never repaired silently. */
export class IntegrityError extends TwinLedgerError {
  readonly status = 500
  constructor(
    readonly code: string,
    message: string,
    details?: Record<string, unknown>,
  ) {
    super(message, details)
  }
}

/** The configuration or the command line is wrong; the process does not start. */
export class ConfigurationError extends TwinLedgerError {
  readonly code = 'configuration-invalid'
  readonly status = 500
}
