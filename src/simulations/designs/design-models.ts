/** Models that concern no person: what they take is stated. */
import type { AnyModel } from '../../models/model.js'
import { findModel } from '../../models/registry/find-model.js'
import { InvalidRequest, Unprocessable } from '../../platform/errors.js'
import { INPUT_MAPPINGS } from '../inputs/mappings.js'
import type { StatedParameters } from '../inputs/selection.js'

/** Takes one row a participant. Rows of real people belong under their trial's keys, not in the clear. */
const WITH_PARTICIPANTS = 'trial.analysis'

/** Inputs that are a number or a text, which no specification can say; the model itself judges them. */
const BESIDE_SPECIFICATION: Readonly<Record<string, readonly string[]>> = { 'trial.procova-power': ['r'] }

/**
 * The model, when it may compute a design from these parameters.
 *
 * @throws NotFound `model-not-found`; Unprocessable `model-needs-twin`: it computes about a person
 * @throws InvalidRequest `parameter-not-declared`: it has no input of that name
 * @throws Unprocessable `participants-not-simulated`: nobody said that the participants are made up
 */
export function designModel(id: string, parameters: StatedParameters, simulatedParticipants: boolean): AnyModel {
  const model = findModel(id)
  if (INPUT_MAPPINGS.some((mapping) => mapping.model === id))
    throw new Unprocessable('model-needs-twin', 'This model computes about a person: run it on a twin.')
  const declared = [...model.inputs.map(({ name }) => name), ...(BESIDE_SPECIFICATION[id] ?? [])]
  if (Object.keys(parameters).some((name) => !declared.includes(name)))
    throw new InvalidRequest('parameter-not-declared', 'The model takes no such parameter.', { model: id, declared })
  if (id === WITH_PARTICIPANTS && !simulatedParticipants) {
    throw new Unprocessable(
      'participants-not-simulated',
      'A design holds no data of real people: say that its participants are simulated.',
    )
  }
  return model
}
