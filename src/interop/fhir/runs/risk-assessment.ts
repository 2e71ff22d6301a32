/** A completed run as a FHIR R4 RiskAssessment: https://hl7.org/fhir/R4/riskassessment.html */
import type { RiskAssessment, RiskAssessmentPrediction } from 'fhir/r4.js'
import { findModel } from '../../../models/registry/find-model.js'
import type { RunView } from '../../../simulations/queries/get-run.js'
import { basisOf, methodOf, occurrenceOf, SELF, studyOf } from './run-elements.js'

/** Units in which a quantity is a probability. */
const PROBABILITY = new Set(['1', '%'])

const ERASED: RiskAssessmentPrediction = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }],
  outcome: { text: '[erased]' },
}

/**
 * Every number that the model gave becomes a prediction, named by the output's path: a probability where the model's
 * specification says that it is one, else the quantity as text, which is where R4 has a place for it. Values that were erased
 * leave one prediction that says so (http://hl7.org/fhir/StructureDefinition/data-absent-reason).
 */
export function riskAssessment(run: RunView): RiskAssessment {
  const { request, result, subject } = run
  const predictions = result ? [...predictionsOf(result.outputs, request!.model)] : [ERASED]
  return {
    resourceType: 'RiskAssessment',
    id: run.run,
    ...studyOf(run),
    identifier: [{ system: `${SELF}:run`, value: run.run }],
    status: 'final',
    method: methodOf(request),
    subject: { reference: `Patient/${request!.twin}`, identifier: { system: `${SELF}:subject`, value: subject } },
    ...occurrenceOf(run),
    basis: basisOf(result),
    ...(predictions.length > 0 && { prediction: predictions }),
    note: [{ text: request!.use.stamp === 'decision' ? 'Approved for decisions.' : 'Exploratory: not for decisions.' }],
  }
}

function* predictionsOf(outputs: object, model: string): Generator<RiskAssessmentPrediction> {
  const specified = new Map(findModel(model).outputs.map((output) => [output.name, output]))
  for (const [name, value] of numbersOf(outputs)) {
    const output = specified.get(name)
    const outcome = { text: output ? `${name}: ${output.quantity}` : name }
    const isProbability = PROBABILITY.has(output?.unit ?? '') && /risk|probab|mortality/i.test(output?.quantity ?? '')
    if (isProbability && value >= 0 && value <= (output?.unit === '%' ? 100 : 1))
      yield { outcome, probabilityDecimal: output?.unit === '%' ? value / 100 : value }
    else yield { outcome, rationale: output?.unit ? `${value} ${output.unit}` : String(value) }
  }
}

/** The numbers of an output by the path to them, as `y10.total_cvd`; curves, which are lists or keyed by time, are left out. */
function* numbersOf(outputs: object, path = ''): Generator<[string, number]> {
  for (const [name, value] of Object.entries(outputs)) {
    const here = path === '' ? name : `${path}.${name}`
    if (typeof value === 'number') yield [here, value]
    else if (typeof value === 'object' && value !== null && !Array.isArray(value) && !isKeyedByTime(value as object))
      yield* numbersOf(value as object, here)
  }
}

function isKeyedByTime(value: object): boolean {
  return Object.keys(value).some((name) => /^-?\d/.test(name))
}
