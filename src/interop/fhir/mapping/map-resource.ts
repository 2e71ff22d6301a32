/** The mapping of each interpreted resource type. */
import type { FhirResource } from 'fhir/r4.js'
import { mapCondition } from './condition.js'
import { mapDiagnosticReport } from './diagnostic-report.js'
import type { Mapped, MappingContext } from './mapped.js'
import { mapMedicationAdministration, mapMedicationRequest, mapMedicationStatement } from './medication.js'
import { mapObservation } from './observation.js'
import { mapProcedure } from './procedure.js'

/**
 * @param resource a validated resource whose policy is `fact`
 * @throws TypeError for another type: the policy table and this one disagree
 */
export function mapResource(resource: FhirResource, context: MappingContext): Mapped {
  switch (resource.resourceType) {
    case 'Observation':
      return mapObservation(resource, context)
    case 'Condition':
      return mapCondition(resource, context)
    case 'MedicationRequest':
      return mapMedicationRequest(resource, context)
    case 'MedicationStatement':
      return mapMedicationStatement(resource, context)
    case 'MedicationAdministration':
      return mapMedicationAdministration(resource, context)
    case 'Procedure':
      return mapProcedure(resource, context)
    case 'DiagnosticReport':
      return mapDiagnosticReport(resource, context)
    default:
      throw new TypeError(`No mapping for ${resource.resourceType}`)
  }
}
