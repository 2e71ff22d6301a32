import { findModel } from '../../models/registry/find-model.js'
import { coefficientDigest } from '../../models/registry/model-digests.js'
import { ModelRefusal } from '../../models/model-refusal.js'
import type { ModelReply, ModelRequest } from './model-request.js'

/** Runs a model once, in whatever thread this is. Never throws: what went wrong is in the reply, as a code. */
export function evaluateRequest({ model: id, version, coefficientDigest: expected, input }: ModelRequest): ModelReply {
  try {
    const model = findModel(id)
    if (model.version !== version) return { status: 'failed', code: 'model-version-differs' }
    if (coefficientDigest(model) !== expected) return { status: 'failed', code: 'model-coefficients-differ' }
    return { status: 'completed', outputs: model.evaluate(input) }
  } catch (error) {
    if (error instanceof ModelRefusal) return { status: 'refused', reasons: error.reasons }
    return { status: 'failed', code: 'model-threw' }
  }
}
