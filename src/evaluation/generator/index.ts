/** The generator of the evaluation data set: fictional FHIR R4 patients from a seed. */
export { type GeneratedPatient, generatePatients, type GeneratorOptions } from './generate-patients.js'
export type { DefectKind } from './defect-kind.js'
export type { Obstacle, PatientProfile } from './profile.js'
export { writeBundles, type WriteProgress, type WriteSummary } from './write-bundles.js'
