import type { DefectKind } from './defect-kind.js'
import type { Sex } from './person.js'

/** Why a model that takes the newest value of each input cannot run on this patient as recorded. */
export type Obstacle =
  | { reason: 'age-out-of-range' }
  | { reason: 'prior-cardiovascular-event' }
  | { reason: 'input-missing'; input: string }
  | { reason: 'input-out-of-range'; input: string }
  | { reason: 'defect'; defect: DefectKind }

/** What was planted in a patient, so that a test or a demonstration can say what should be found. */
export interface PatientProfile {
  /** 1, 2, 3 … in the data set. */
  number: number
  sex: Sex
  /** Completed years on the reference date. */
  age: number
  /** Empty for a patient declared clean. */
  defects: readonly DefectKind[]
  priorCardiovascularEvent: boolean
  genotyped: boolean
  echocardiogram: boolean
  surgery: boolean
  type1Diabetes: boolean
  /** Recorded as type 2, or as diabetes of no named type. */
  otherDiabetes: boolean
  /** YYYY-MM-DD of the last visit, when vital signs, blood and echo were taken. */
  lastVisit: string
  /** YYYY-MM-DD of the last level of a course of vancomycin, when there was one. */
  vancomycinLevel?: string
  /** Empty when PREVENT base can run on the newest values. */
  preventObstacles: readonly Obstacle[]
  /** Empty when PhenoAge can run on the newest values. */
  phenoAgeObstacles: readonly Obstacle[]
}
