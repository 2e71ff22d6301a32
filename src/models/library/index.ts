import { type AnyModel } from '../model.js'

/** Every model of the house, in the order of its identifiers. */
export const MODEL_LIBRARY: readonly AnyModel[] = []
