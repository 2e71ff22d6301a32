import { canonicalJson } from '../../ledger/canonical-json.js'
import { InvalidRequest } from '../../platform/errors.js'
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
    return { status: 'completed', outputs: asRecorded(model.evaluate(input)) }
  } catch (error) {
    if (error instanceof ModelRefusal) return { status: 'refused', reasons: error.reasons }
    const notJson = error instanceof InvalidRequest && error.code === 'not-canonical-json'
    return { status: 'failed', code: notJson ? 'output-not-finite' : 'model-threw' }
  }
}

/** The outputs as the ledger will keep them: what canonical JSON cannot hold is a failure and not a silent null. */
function asRecorded(outputs: object): object {
  return JSON.parse(canonicalJson(outputs)) as object
}
