/** What the resources of completed and of refused runs have in common. */
import type { CodeableConcept, Extension, Reference, RiskAssessment } from 'fhir/r4.js'
import type { RunRequest, RunResult } from '../../../simulations/events.js'
import type { RunView } from '../../../simulations/queries/get-run.js'

/** Systems of our own identifiers and codes. */
export const SELF = 'urn:twin-ledger'

export function methodOf(request: RunRequest | null): CodeableConcept {
  const { model, version } = request!
  return { coding: [{ system: `${SELF}:model`, version, code: model }], text: `${model} ${version}` }
}

/** The trial that the run belongs to: https://hl7.org/fhir/R4/extension-workflow-researchstudy.html */
export function studyOf({ trial }: RunView): { extension?: Extension[] } {
  if (trial === undefined) return {}
  const url = 'http://hl7.org/fhir/StructureDefinition/workflow-researchStudy'
  return { extension: [{ url, valueReference: { identifier: { system: `${SELF}:trial`, value: trial } } }] }
}

/** When the run completed. */
export function occurrenceOf({ steps }: RunView): Pick<RiskAssessment, 'occurrenceDateTime'> {
  const completed = steps.find(({ type, recordedAt }) => type === 'simulation.completed' && recordedAt)
  return completed ? { occurrenceDateTime: completed.recordedAt } : {}
}

/** The facts that the inputs stand on, by the events that recorded them. */
export function basisOf(result: RunResult | null): Reference[] {
  const events = new Set((result?.inputs ?? []).flatMap(({ sources }) => sources.map(({ eventId }) => eventId)))
  return [...events].map((value) => ({ identifier: { system: `${SELF}:event`, value } }))
}
