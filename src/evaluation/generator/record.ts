import type {
  Condition,
  DiagnosticReport,
  Encounter,
  MedicationAdministration,
  MedicationRequest,
  MedicationStatement,
  Observation,
  Organization,
  Patient,
  Procedure,
  Reference,
} from 'fhir/r4.js'
import { type Day, formatInstant } from './calendar.js'
import type { Random } from './random.js'
import type { Visit } from './visits.js'

/** One patient's record, resource by resource, before it is put in a bundle. */
export interface PatientRecord {
  organization: Organization
  patient: Patient
  encounters: Encounter[]
  conditions: Condition[]
  medications: (MedicationRequest | MedicationStatement | MedicationAdministration)[]
  procedures: Procedure[]
  observations: Observation[]
  reports: DiagnosticReport[]
}

/** What the builders of single resources share: whose record it is, how ids are drawn and the hospital's time zone. */
export class Chart {
  readonly organizationId: string
  readonly patientId: string

  constructor(
    private readonly ids: Random,
    readonly zone: string,
  ) {
    this.organizationId = ids.uuid()
    this.patientId = ids.uuid()
  }

  newId(): string {
    return this.ids.uuid()
  }

  get subject(): Reference {
    return reference(this.patientId)
  }

  get organization(): Reference {
    return reference(this.organizationId)
  }

  /** FHIR dateTime, and instant, on a day of this hospital. */
  at(day: Day, minute: number): string {
    return formatInstant(day, minute, this.zone)
  }
}

/** A visit with the id of its Encounter. */
export interface Attendance {
  visit: Visit
  encounter: Reference
}

/** A reference to another entry of the same bundle. */
export function reference(id: string): Reference {
  return { reference: urn(id) }
}

export function urn(id: string): string {
  return `urn:uuid:${id}`
}
