/** What enough witnesses cosigned of a log, as a verifier demands it. */
import { IntegrityError } from '../../platform/errors.js'
import { openCheckpoint, type ParsedCheckpoint } from './checkpoint.js'
import { type Cosignature, cosignaturesOn, cosignedTime } from './cosigned.js'
import type { PublishedLog } from './log-source.js'
import { noteVerifier } from './note-key.js'
import type { WitnessPolicy } from './witness-policy.js'

export interface CosignedCheckpointOptions {
  /** The log's key, pinned out of band. */
  vkey: string
  /** Default the key's name. */
  origin?: string
  /** Whom to trust, decided out of band. */
  policy: WitnessPolicy
  /** Older cosignatures say too little of today. */
  maxAgeSeconds: number
  /** POSIX seconds. */
  now: number
}

/** A checkpoint that meets the policy, and by whom. */
export interface WitnessedCheckpoint {
  signed: string
  checkpoint: ParsedCheckpoint
  cosignatures: Cosignature[]
  /** Until when the policy was met, POSIX seconds; Infinity where it asks for no witness. */
  time: number
}

/**
 * The newest checkpoint where it has enough cosignatures, else the one the log keeps for that.
 *
 * @throws IntegrityError `cosignature-missing`: too few of the witnesses; `cosignature-invalid`; `cosignature-stale`: enough, and
 *   too long ago; `checkpoint-malformed`, `checkpoint-signature-invalid`, `checkpoint-origin-mismatch`: not one of this log
 * @throws Unavailable as `LogSource` does
 */
export async function cosignedCheckpoint(
  source: PublishedLog,
  options: CosignedCheckpointOptions,
): Promise<WitnessedCheckpoint> {
  const newest = judged(await source.checkpoint(), options)
  if (newest.time > -Infinity) return fresh(newest, options)
  const kept = await source.cosignedCheckpoint()
  return fresh(kept === null ? newest : judged(kept, options), options)
}

function judged(signed: string, { vkey, origin, policy }: CosignedCheckpointOptions): WitnessedCheckpoint {
  const checkpoint = openCheckpoint(signed, [noteVerifier(vkey)], origin)
  const cosignatures = cosignaturesOn(checkpoint.note, policy.witnesses)
  return { signed, checkpoint, cosignatures, time: cosignedTime(policy, cosignatures) }
}

function fresh(witnessed: WitnessedCheckpoint, { maxAgeSeconds, now }: CosignedCheckpointOptions): WitnessedCheckpoint {
  const { time, cosignatures, checkpoint } = witnessed
  if (time === -Infinity) {
    throw new IntegrityError('cosignature-missing', 'Too few of the witnesses cosigned a checkpoint of the log.', {
      size: checkpoint.size,
      cosignedBy: cosignatures.map(({ witness }) => witness.verifier.name),
    })
  }
  if (now - time > maxAgeSeconds) {
    throw new IntegrityError('cosignature-stale', 'The witnesses last cosigned the log too long ago.', {
      size: checkpoint.size,
      cosignedAt: new Date(time * 1000).toISOString(),
    })
  }
  return witnessed
}
