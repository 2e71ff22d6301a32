/** What passes between the service and a worker thread that runs models. */
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
