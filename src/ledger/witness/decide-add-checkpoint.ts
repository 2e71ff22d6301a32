/** What a witness answers to a checkpoint, C2SP tlog-witness "add-checkpoint". Pure: no clock, no key, no disk. */
import { IntegrityError } from '../../platform/errors.js'
import type { AddCheckpointRequest } from '../log/add-checkpoint.js'
import type { Checkpoint, ParsedCheckpoint } from '../log/checkpoint.js'
import { EMPTY_ROOT } from '../log/hash.js'
import { verifyNote } from '../log/note.js'
import type { NoteVerifier } from '../log/note-key.js'
import { verifyConsistency } from '../log/proof.js'

/** A log the witness knows: the keys it trusts for the origin, and what it cosigned last. */
export interface KnownLog {
  keys: readonly NoteVerifier[]
  /** Null before the first checkpoint. */
  latest: Checkpoint | null
}

export type AddCheckpointDecision =
  | { kind: 'cosign'; checkpoint: ParsedCheckpoint }
  | { kind: 'refuse'; status: 400 | 403 | 404; reason: string }
  /** `size`: what was cosigned last. */
  | { kind: 'conflict'; size: number }
  /** Signed by the log and no extension of what was cosigned: to be kept, as it may prove that the log forked. */
  | { kind: 'contradiction'; checkpoint: ParsedCheckpoint; reason: string }

/** @param log that of the checkpoint's origin, undefined where the witness knows none */
export function decideAddCheckpoint(
  { oldSize, proof, checkpoint }: AddCheckpointRequest<ParsedCheckpoint>,
  log: KnownLog | undefined,
): AddCheckpointDecision {
  if (!log) return { kind: 'refuse', status: 404, reason: 'This witness does not know the log.' }
  if (!isSigned(checkpoint, log.keys))
    return { kind: 'refuse', status: 403, reason: 'No trusted key of the log signed the checkpoint.' }
  if (oldSize > checkpoint.size)
    return { kind: 'refuse', status: 400, reason: 'The old size is above that of the checkpoint.' }
  const size = log.latest?.size ?? 0
  if (oldSize !== size) return { kind: 'conflict', size }
  if (!extendsLatest(checkpoint, proof, log.latest))
    return { kind: 'contradiction', checkpoint, reason: 'The checkpoint does not extend the one cosigned last.' }
  return { kind: 'cosign', checkpoint }
}

/** Signatures of unknown keys are ignored; one under a trusted key that does not verify makes the note malformed. */
function isSigned({ note }: ParsedCheckpoint, keys: readonly NoteVerifier[]): boolean {
  return holds(() => verifyNote(note, keys))
}

function extendsLatest({ size, root }: Checkpoint, proof: readonly Buffer[], latest: Checkpoint | null): boolean {
  if (size === 0 && !root.equals(EMPTY_ROOT)) return false
  return holds(() => verifyConsistency(latest?.size ?? 0, size, proof, latest?.root ?? EMPTY_ROOT, root))
}

function holds(check: () => unknown): boolean {
  try {
    check()
    return true
  } catch (error) {
    if (error instanceof IntegrityError) return false
    throw error
  }
}
