import type { Response } from 'express'
import { operationOutcome, type Issue } from './issue.js'

export const FHIR_JSON = 'application/fhir+json'

/** Answers with an OperationOutcome (https://hl7.org/fhir/R4/http.html#Status-Codes). */
export function sendOutcome(response: Response, status: number, issues: readonly Issue[]): void {
  response
    .status(status)
    .type(FHIR_JSON)
    .send(JSON.stringify(operationOutcome(issues)))
}
