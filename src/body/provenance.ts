/** Where a body comes from: written into its file, so that the file explains itself wherever it is carried. */
import type { AnyModel } from '../models/model.js'
import { modelDigests } from '../models/registry/model-digests.js'
import type { ChosenInput } from '../simulations/queries/select-model-inputs.js'

export const NOT_FOR_DIAGNOSIS = 'Idealised shapes computed from recorded measurements. Not for diagnosis.'

/** A quantity of the body, as a reader without eyes for the picture gets it. */
export interface Measure {
  name: string
  quantity: string
  value: number
  /** UCUM. */
  unit: string
}

export interface ModelReference {
  id: string
  version: string
  /** SHA-256, hexadecimal (src/models/registry/model-digests.ts). */
  codeDigest: string
  coefficientDigest: string
}

/** An input with its sources, which have no event ids for readers who know the twin by a pseudonym. */
export type ShownInput = Omit<ChosenInput, 'sources'> & {
  sources: readonly (Omit<ChosenInput['sources'][number], 'eventId'> & { eventId?: string })[]
}

export interface Provenance {
  notice: typeof NOT_FOR_DIAGNOSIS
  kind: 'left-ventricle' | 'body'
  /** Left out, as are source events, for readers who know the twin by a pseudonym: a file is carried beyond its trial. */
  twin?: string
  /** Left out for readers who know the twin by a pseudonym: it is the same in every trial. */
  twinRevision?: number
  /** Version of the rules by which inputs were taken from the twin. */
  mapping: string
  models: readonly ModelReference[]
  /** With source events and the dates of observation. */
  inputs: readonly ShownInput[]
  measures: readonly Measure[]
  /** What is assumed or left out, one sentence each. */
  remarks: readonly string[]
}

export function modelReference(model: AnyModel): ModelReference {
  const { code, coefficients } = modelDigests(model)
  return { id: model.id, version: model.version, codeDigest: code, coefficientDigest: coefficients }
}

/** The inputs without the ids of the events they stand on. */
export function withoutEventIds(inputs: readonly ChosenInput[]): ShownInput[] {
  return inputs.map((input) => ({
    ...input,
    sources: input.sources.map(({ eventId: _eventId, ...source }) => source),
  }))
}
