import type { Bundle } from 'fhir/r4.js'
import { InvalidRequest } from '../../platform/errors.js'
import { assemblePatient } from './assemble-patient.js'
import { parseDay } from './calendar.js'
import type { PatientProfile } from './profile.js'
import { Random } from './random.js'

export interface GeneratorOptions {
  /** How many patients, 0 or more. */
  count: number
  /** A whole number; the same seed gives the same patients, whatever the count. */
  seed: number
  /** YYYY-MM-DD: the day the data set is looked at. Nothing but a planted defect is dated after it. */
  referenceDate: string
}

export interface GeneratedPatient {
  /** A FHIR R4 transaction bundle with everything about one patient. */
  bundle: Bundle
  /** What was planted; never written to a file. */
  profile: PatientProfile
}

/**
 * Realistic, entirely fictional patients for demonstrations and tests, one at a time.
 * Pure and deterministic: no clock, locale or platform arithmetic. Patient n does not depend on `count`.
 *
 * @throws InvalidRequest `generator-options-invalid`, `generator-reference-date-invalid`
 */
export function generatePatients(options: GeneratorOptions): Iterable<GeneratedPatient> {
  const { count, seed } = options
  if (!Number.isSafeInteger(count) || count < 0 || !Number.isSafeInteger(seed)) {
    throw new InvalidRequest(
      'generator-options-invalid',
      'The count must be a whole number ≥ 0 and the seed a whole number.',
    )
  }
  const reference = parseDay(options.referenceDate)
  const root = Random.named('twin-ledger', 'patients', seed)
  return {
    *[Symbol.iterator]() {
      for (let index = 0; index < count; index++) yield assemblePatient(root, index, reference)
    },
  }
}
