/** What is remembered about the witnesses of the log. One stream: it tells of the log itself. */
import { eventTypes, type DomainEvent } from '../journal/event-type.js'

/** Random, fixed for ever. */
export const WITNESS_STREAM = 'witness-4c7a2f0e-7d35-4a3b-9e0d-62b8f6c1a9d4'

/** Why a witness cosigns no more: our checkpoint does not extend what it saw, or it saw more than we have. */
export type Contradiction = 'not-an-extension' | 'larger-log-seen'

interface WitnessNamed {
  /** Name of its key. */
  witness: string
  /** Eight hex digits. */
  keyId: string
}

/** `policy`: the C2SP tlog-policy without addresses; null: no witnesses any more. */
export type WitnessPolicyAdopted = DomainEvent<'witness.policy-adopted', { policy: string | null }>
/** `size`, `root` (base64): our checkpoint; `witnessSize`: what the witness says it cosigned last. */
export type CheckpointContradicted = DomainEvent<
  'witness.checkpoint-contradicted',
  WitnessNamed & { contradiction: Contradiction; size: number; root: string; witnessSize: number }
>
export type CheckpointAcceptedAgain = DomainEvent<'witness.checkpoint-accepted-again', WitnessNamed & { size: number }>
/** `since`: until when enough witnesses had cosigned what was the newest checkpoint then, RFC 3339. */
export type WitnessQuorumMissed = DomainEvent<'witness.quorum-missed', { since: string; limitSeconds: number }>
export type WitnessQuorumRegained = DomainEvent<'witness.quorum-regained', { since: string; size: number }>

export type WitnessEvent =
  WitnessPolicyAdopted | CheckpointContradicted | CheckpointAcceptedAgain | WitnessQuorumMissed | WitnessQuorumRegained

const SEEN: Readonly<Record<Contradiction, string>> = {
  'not-an-extension': 'because it is not an extension of the one it cosigned',
  'larger-log-seen': 'because it cosigned a larger one',
}

export const WITNESS_EVENT_TYPES = eventTypes<WitnessEvent>({
  'witness.policy-adopted': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data?.policy === null
        ? 'The log has no witnesses any more.'
        : 'Other witnesses of the log, or another quorum of them, were named.',
  },
  'witness.checkpoint-contradicted': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The witness ${data.witness} did not cosign the checkpoint of ${data.size} entries, ${SEEN[data.contradiction]} (${data.witnessSize} entries).`
        : 'A witness did not cosign the checkpoint of the log because it contradicts an earlier one.',
  },
  'witness.checkpoint-accepted-again': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The witness ${data.witness} cosigned the checkpoint of ${data.size} entries again.`
        : 'A witness cosigns the log again.',
  },
  'witness.quorum-missed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `Since ${data.since} too few witnesses cosigned the newest checkpoint; ${data.limitSeconds} seconds are allowed.`
        : 'For too long too few witnesses cosigned the log.',
  },
  'witness.quorum-regained': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `Enough witnesses cosigned the checkpoint of ${data.size} entries, the first since ${data.since}.`
        : 'Enough witnesses cosign the log again.',
  },
})
