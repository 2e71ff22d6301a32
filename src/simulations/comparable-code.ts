import { findModel } from '../models/registry/find-model.js'
import { modelDigests } from '../models/registry/model-digests.js'
import { Conflict } from '../platform/errors.js'

/**
 * Today's code digest of a model, once it is known that version and coefficients are those that were computed with.
 *
 * @throws NotFound `model-not-found`; Conflict `model-version-differs`, `model-coefficients-differ`
 */
export function comparableCode(recorded: { model: string; version: string; coefficientDigest: string }): string {
  const { model: id, version, coefficientDigest } = recorded
  const model = findModel(id)
  if (model.version !== version) {
    throw new Conflict('model-version-differs', 'This service has another version of the model.', {
      has: model.version,
    })
  }
  const { code, coefficients } = modelDigests(model)
  if (coefficients !== coefficientDigest) {
    throw new Conflict('model-coefficients-differ', 'The coefficients are not those of the run.', {
      model: id,
      version,
    })
  }
  return code
}
