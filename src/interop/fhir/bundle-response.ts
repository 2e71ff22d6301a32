/** The answer to a bundle: one entry for each entry, in the same order (https://hl7.org/fhir/R4/bundle.html#transaction-response). */
import type { Bundle, BundleEntry } from 'fhir/r4.js'
import type { IngestedRecord, IngestResult } from '../../twins/commands/ingest-patient-record.js'
import type { QualityFinding } from '../../twins/quality/finding.js'
import type { CheckedBundle } from './bundle.js'
import { information, operationOutcome, type Issue, type Refusal } from './issue.js'
import type { EntryPlan, IngestionPlan } from './plan-ingestion.js'

/** What recording made of each planned record: recorded, or refused by the domain. */
export type RecordOutcome = IngestedRecord | { refusal: Refusal }

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  412: 'Precondition Failed',
  422: 'Unprocessable Content',
}

/** @param outcomes one for each of the plan's records, in their order */
export function bundleResponse(
  type: CheckedBundle['type'],
  plan: IngestionPlan,
  outcomes: readonly RecordOutcome[],
): Bundle {
  const results = outcomes.map((outcome) =>
    'refusal' in outcome ? outcome : { ...outcome, byKey: new Map(outcome.results.map((one) => [one.key, one])) },
  )
  return {
    resourceType: 'Bundle',
    type: `${type}-response`,
    entry: plan.entries.map((entry) => respond(entry, results)),
  }
}

type Indexed = { refusal: Refusal } | (IngestedRecord & { byKey: ReadonlyMap<string, IngestResult> })

function respond(plan: EntryPlan, outcomes: readonly Indexed[]): BundleEntry {
  if (plan.as === 'refused') return refused(plan.refusal)
  if (plan.as === 'ignored') return answer(200, plan.notes)
  const outcome = outcomes[plan.record]
  if (!outcome) throw new TypeError('A planned record has no outcome')
  if ('refusal' in outcome) return refused(outcome.refusal)
  if (plan.as === 'patient') {
    const { twin, registered, position } = outcome
    // A twin changes with every event, and the position of its last one names the version.
    const etag = position === null ? {} : { etag: `W/"${position}"` }
    return answer(registered ? 201 : 200, plan.notes, { location: `Patient/${twin}`, ...etag })
  }
  const fact = outcome.byKey.get(plan.key)
  if (!fact) throw new TypeError('A recorded fact is missing from the result')
  return respondFact(plan.resourceType, fact, plan.notes)
}

/** A fact is one immutable event: its id is the event's, its version is always the first. */
function respondFact(resourceType: string, fact: IngestResult, notes: readonly Issue[]): BundleEntry {
  const superseded = information('fhir-superseded', 'Earlier content of this resource was corrected by this one.')
  const issues = [
    ...notes,
    ...(fact.outcome === 'superseded-earlier' ? [superseded] : []),
    ...fact.findings.map(fromFinding),
  ]
  const location = `${resourceType}/${fact.eventId}`
  return answer(fact.outcome === 'recorded' ? 201 : 200, issues, { location, etag: 'W/"1"' })
}

/** Findings never stop a fact, so an error of quality is a warning to the sender. */
function fromFinding(finding: QualityFinding): Issue {
  return {
    severity: finding.severity === 'information' ? 'information' : 'warning',
    code: finding.severity === 'information' ? 'informational' : 'business-rule',
    detail: finding.rule,
    diagnostics: `Data quality: ${finding.rule} (${finding.dimension}, ${finding.severity}).`,
  }
}

function refused({ status, issues }: Refusal): BundleEntry {
  return answer(status, issues)
}

function answer(
  status: number,
  issues: readonly Issue[],
  where: { location?: string; etag?: string } = {},
): BundleEntry {
  return { response: { status: `${status} ${REASONS[status]}`, ...where, outcome: operationOutcome(issues) } }
}
