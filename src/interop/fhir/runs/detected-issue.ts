/** A refused run as a FHIR R4 DetectedIssue: https://hl7.org/fhir/R4/detectedissue.html */
import type { DetectedIssue } from 'fhir/r4.js'
import type { RunView } from '../../../simulations/queries/get-run.js'
import { SELF, studyOf } from './run-elements.js'

/** Why a run did not come about: codes of inputs, of consent or of the registry, and never a value. */
export function detectedIssue(run: RunView): DetectedIssue {
  const { request } = run
  const refusal = run.steps.find(({ type }) => type === 'simulation.refused')
  return {
    resourceType: 'DetectedIssue',
    id: run.run,
    ...studyOf(run),
    identifier: [{ system: `${SELF}:run`, value: run.run }],
    status: 'final',
    code: {
      coding: [{ system: `${SELF}:issue`, code: 'simulation-refused' }],
      text: `${request!.model} ${request!.version} was not run`,
    },
    patient: { reference: `Patient/${request!.twin}` },
    ...(refusal && { identifiedDateTime: refusal.recordedAt }),
    evidence: reasonsOf(refusal?.data ?? {}).map((code) => ({
      code: [{ coding: [{ system: `${SELF}:refusal`, code }] }],
    })),
  }
}

interface Refusal {
  stage?: string
  codes?: readonly string[]
  reasons?: readonly { input: string; code: string }[]
}

/** `consent.withdrawn`, `inputs.bmi.missing`, `model.not-approved`: FHIR codes have no space and no colon is needed. */
function reasonsOf({ stage = 'run', codes = [], reasons = [] }: Refusal): string[] {
  return [...codes.map((code) => `${stage}.${code}`), ...reasons.map(({ input, code }) => `${stage}.${input}.${code}`)]
}
