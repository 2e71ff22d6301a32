/** DiagnosticReport (https://hl7.org/fhir/R4/diagnosticreport.html) → report fact. */
import type { DiagnosticReport } from 'fhir/r4.js'
import { LOINC, preferredCoding } from './coding.js'
import { factTime } from './fact-time.js'
import { hasModifier, uninterpretable, type Mapped, type MappingContext } from './mapped.js'

/**
 * `results` holds the keys (`Observation/<id>`) of the results that came in the same bundle; recording turns them into
 * event ids. Results sent elsewhere are left out.
 */
export function mapDiagnosticReport(resource: DiagnosticReport, context: MappingContext): Mapped {
  if (hasModifier(resource)) return uninterpretable('fhir-modifier-unknown', 'A modifier extension is not known.')
  const code = preferredCoding(resource.code, [LOINC])
  if (!code) return uninterpretable('fhir-not-coded', 'The report is not coded.', 'DiagnosticReport.code')
  const effective = factTime(resource.effectiveDateTime, resource.effectivePeriod)
  const results = (resource.result ?? []).map((result) => context.key(result)).filter((key) => key !== undefined)
  return {
    fact: {
      kind: 'report',
      code,
      status: resource.status,
      ...(effective && { effective }),
      results,
      ...(resource.conclusion !== undefined && { conclusion: resource.conclusion }),
      source: context.source,
    },
  }
}
