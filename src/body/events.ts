/** What can have happened around a person's body in three dimensions. Streams: `body-<twin>`, `meshes-<twin>`. */
import { eventTypes, type DomainEvent } from '../journal/event-type.js'
import type { UseRefusalCode } from '../consents/commands/authorise-use.js'
import type { InputReason } from '../simulations/queries/select-model-inputs.js'
import type { MeshSummary } from './mesh/inspect-mesh.js'
import type { DetachmentReason } from './reason-codes.js'

export type BodyKind = 'left-ventricle' | 'body'

/** A body was computed and handed out. Its digest could be guessed from measurements, so it is sealed like a run's outputs. */
export interface Rendering {
  kind: BodyKind
  trial?: string
  twinRevision: number
  /** `YYYY-MM-DD`, the day to which the currency of values was counted. */
  day: string
  /** `id version`, each. */
  models: readonly string[]
  /** Events on the consent stream that permitted the use; none when a person looks at the own body. */
  authorisations: readonly string[]
  /** SHA-256, hexadecimal, of the file. */
  digest: string
  bytes: number
}

export type BodyRendered = DomainEvent<'body.rendered', Rendering>
/** Reasons name inputs, rules and codes, never values. */
export type BodyRefused = DomainEvent<
  'body.refused',
  { kind: BodyKind; twinRevision: number } & (
    | { stage: 'consent'; model: string; codes: readonly UseRefusalCode[]; authorisation: string }
    | { stage: 'inputs'; reasons: readonly InputReason[] }
  )
>

export type BodyEvent = BodyRendered | BodyRefused

/** An organ mesh from outside. The file itself is sealed apart (src/vault/sealed-files.ts). */
export interface AttachedMesh extends MeshSummary {
  mesh: string
  /** Which organ: UBERON anatomy ontology, `UBERON:0000948`. */
  organ: string
  /** SHA-256, hexadecimal, of the file as received. */
  digest: string
  bytes: number
}

export type MeshAttached = DomainEvent<'mesh.attached', AttachedMesh>
/** The file was deleted. */
export type MeshDetached = DomainEvent<'mesh.detached', { mesh: string; reason: DetachmentReason }>
export type MeshEvent = MeshAttached | MeshDetached

const NAMES: Record<BodyKind, string> = { 'left-ventricle': 'left ventricle', body: 'body' }

/** How each is sealed and read aloud. */
export const BODY_EVENT_TYPES = eventTypes<BodyEvent | MeshEvent>({
  'body.rendered': {
    schema: 1,
    sealedUnder: ({ trial }) => (trial === undefined ? 'optional-research' : 'trial-record'),
    describe: (data, { actor }) =>
      data
        ? `The ${NAMES[data.kind]} was computed from revision ${data.twinRevision} of the twin and given to ${actor.role}.`
        : `A shape was computed from the twin and given to ${actor.role}.`,
  },
  'body.refused': {
    schema: 1,
    sealedUnder: null,
    describe: (data) => {
      if (!data) return 'A shape was asked for and refused.'
      const why =
        data.stage === 'consent'
          ? `no consent covers ${data.model} (${data.codes.join(', ')})`
          : data.reasons.map(({ input, code }) => `${input} ${code}`).join(', ')
      return `The ${NAMES[data.kind]} was refused: ${why}.`
    },
  },
  'mesh.attached': {
    schema: 1,
    sealedUnder: 'trial-record',
    describe: (data) =>
      data
        ? `A mesh of ${data.organ} with ${data.triangles} triangles was attached.`
        : 'An organ mesh was attached to the twin.',
  },
  'mesh.detached': {
    schema: 1,
    sealedUnder: null,
    describe: (data) => (data ? `An organ mesh was deleted (${data.reason}).` : 'An organ mesh was deleted.'),
  },
})

/** The stream of a twin's shapes. */
export const bodyStream = (twin: string): string => `body-${twin}`
/** The stream of the meshes attached to a twin. */
export const meshStream = (twin: string): string => `meshes-${twin}`
