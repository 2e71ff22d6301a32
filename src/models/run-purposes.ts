import { PURPOSES_OF_USE, type PurposeOfUse } from '../identity/purposes.js'

/** A model can be run for every purpose of use; consent, impact assessment and record all name them alike. */
export const RUN_PURPOSES = PURPOSES_OF_USE
export type RunPurpose = PurposeOfUse
