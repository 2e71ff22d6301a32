/** What passes between the service and a worker thread. */
import type { RefusalReason } from '../../models/model-refusal.js'

export interface ModelRequest {
  model: string
  version: string
  /** The worker computes with these coefficients or not at all. */
  coefficientDigest: string
  input: Readonly<Record<string, unknown>>
}

/** `failed` codes: `model-version-differs`, `model-coefficients-differ`, `model-threw`, `timeout`, `worker-died`. */
export type ModelReply =
  | { status: 'completed'; outputs: object }
  | { status: 'refused'; reasons: readonly RefusalReason[] }
  | { status: 'failed'; code: string }
