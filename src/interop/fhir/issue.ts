/** What we say about one entry or one request, in FHIR's words: https://hl7.org/fhir/R4/operationoutcome.html */
import type { OperationOutcome, OperationOutcomeIssue } from 'fhir/r4.js'

/** Code system of the `detail` codes; they are listed with the other error codes. */
export const ISSUE_SYSTEM = 'urn:twin-ledger:issue'

/** One issue. Never carries a value that was sent, only where it was and what is wrong with it. */
export interface Issue {
  severity: OperationOutcomeIssue['severity']
  /** FHIR issue-type code. */
  code: OperationOutcomeIssue['code']
  /** Stable kebab-case code of this service. */
  detail: string
  diagnostics: string
  /** FHIRPath of the element, e.g. `Observation.status`. */
  expression?: string
}

/** Why an entry is not taken, and the HTTP status that says so. */
export interface Refusal {
  status: 400 | 404 | 405 | 409 | 412 | 422
  issues: readonly Issue[]
}

/** A refusal for one reason. */
export function refusal(
  status: Refusal['status'],
  code: Issue['code'],
  detail: string,
  diagnostics: string,
  expression?: string,
): Refusal {
  return { status, issues: [{ severity: 'error', code, detail, diagnostics, expression }] }
}

/** Something worth knowing that stops nothing. */
export function information(detail: string, diagnostics: string, expression?: string): Issue {
  return { severity: 'information', code: 'informational', detail, diagnostics, expression }
}

/** The issues as a FHIR resource. FHIR wants at least one issue, so none becomes "all ok" (issue-type `informational`). */
export function operationOutcome(issues: readonly Issue[]): OperationOutcome {
  const shown = issues.length > 0 ? issues : [information('all-ok', 'Accepted.')]
  return { resourceType: 'OperationOutcome', issue: shown.map(toFhir) }
}

function toFhir(issue: Issue): OperationOutcomeIssue {
  return {
    severity: issue.severity,
    code: issue.code,
    details: { coding: [{ system: ISSUE_SYSTEM, code: issue.detail }] },
    diagnostics: issue.diagnostics,
    ...(issue.expression === undefined ? {} : { expression: [issue.expression] }),
  }
}
