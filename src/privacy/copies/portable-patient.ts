/** Who the person is, as a FHIR R4 Patient (https://hl7.org/fhir/R4/patient.html), from the last of each that was recorded. */
import type { Address, ContactPoint, Patient } from 'fhir/r4.js'
import type { RecordedEvent } from '../../journal/recorded-event.js'
import type { ContactDetails, Demographics, Identifier } from '../../twins/facts.js'

/** The patient after one more event; unchanged by one that does not say who it is. */
export function patientAfter(patient: Patient, { type, data }: RecordedEvent): Patient {
  switch (type) {
    case 'twin.demographics-recorded':
      return { ...patient, ...demographics(data as Demographics) }
    case 'twin.demographics-corrected':
      return { ...patient, ...demographics((data as { replacement: Demographics }).replacement) }
    case 'twin.contact-recorded': {
      const { telecom, address } = data as ContactDetails
      return {
        ...patient,
        ...(telecom && { telecom: telecom as ContactPoint[] }),
        ...(address && { address: address as unknown as Address[] }),
      }
    }
    case 'twin.identifier-added': {
      const { system, value } = data as Identifier
      return { ...patient, identifier: [...(patient.identifier ?? []), { system, value }] }
    }
    default:
      return patient
  }
}

function demographics({ name, sex, birthDate, deceased }: Demographics): Partial<Patient> {
  return {
    ...(name && {
      name: [{ ...name, ...(name.given && { given: [...name.given] }) } as NonNullable<Patient['name']>[number]],
    }),
    ...(sex !== undefined && { gender: sex }),
    ...(birthDate !== undefined && { birthDate }),
    ...(typeof deceased === 'boolean' && { deceasedBoolean: deceased }),
    ...(typeof deceased === 'string' && { deceasedDateTime: deceased }),
  }
}
