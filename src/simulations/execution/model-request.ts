/**
 * What passes between the service and a worker thread: first of all `READY`; then lists of requests, each answered in its order
 * by one or more lists of replies as JSON text.
 */
import type { RefusalReason } from '../../models/model-refusal.js'

export interface ModelRequest {
  model: string
  version: string
  /** The worker computes with these coefficients or not at all. */
  coefficientDigest: string
  input: Readonly<Record<string, unknown>>
}

/** `failed` codes: `model-version-differs`, `model-coefficients-differ`, `model-threw`, `output-not-finite`, `timeout`, `worker-died`. */
export type ModelReply =
  | { status: 'completed'; outputs: object }
  | { status: 'refused'; reasons: readonly RefusalReason[] }
  | { status: 'failed'; code: string }
  /** Somebody said that the result is not wanted any more. */
  | { status: 'cancelled' }

/** What a worker says once it has loaded the models; the time limit of a run does not count its loading. */
export const READY = 'ready'
