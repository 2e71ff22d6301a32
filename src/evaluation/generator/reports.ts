import type { CodeableConcept, DiagnosticReport, Observation } from 'fhir/r4.js'
import type { Setting } from './observations.js'
import { type Chart, reference } from './record.js'

/** A final report that groups results of one visit; it is issued with them. */
export function diagnosticReport(
  chart: Chart,
  { encounter }: Setting,
  section: CodeableConcept,
  code: CodeableConcept,
  results: readonly [Observation, ...Observation[]],
): DiagnosticReport {
  const { effectiveDateTime, issued } = results[0]
  return {
    resourceType: 'DiagnosticReport',
    id: chart.newId(),
    status: 'final',
    category: [section],
    code,
    subject: chart.subject,
    encounter,
    effectiveDateTime,
    issued,
    performer: [chart.organization],
    result: results.map(({ id }) => reference(id as string)),
  }
}
