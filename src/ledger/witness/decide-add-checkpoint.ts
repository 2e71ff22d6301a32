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
  | { kind: 'refuse'; status: 400 | 403 | 404 | 422; reason: string }
  /** `size`: what was cosigned last. */
  | { kind: 'conflict'; size: number }
  | { kind: 'contradiction'; contradiction: Contradiction; checkpoint: ParsedCheckpoint; reason: string }

/**
 * What is wrong with a checkpoint that the log signed. `fork`: another tree of the size that was cosigned last, which the log alone can
 * bring about. `unproven`: a larger tree without a proof that it extends that one; whoever sent it may have left the proof out.
 */
export type Contradiction = 'fork' | 'unproven'

type Tree = Pick<Checkpoint, 'size' | 'root'>

/** What every log extends. */
const EMPTY_TREE: Tree = { size: 0, root: EMPTY_ROOT }

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
  const latest = log.latest ?? EMPTY_TREE
  const { size } = latest
  if (oldSize !== size) return { kind: 'conflict', size }
  if (isFork(checkpoint, latest))
    return { kind: 'contradiction', contradiction: 'fork', checkpoint, reason: 'It is another tree of the same size.' }
  if (extendsLatest(checkpoint, proof, latest)) return { kind: 'cosign', checkpoint }
  if (size === 0 || checkpoint.size === size) return { kind: 'refuse', status: 422, reason: 'No proof is due here.' }
  const reason = 'The checkpoint is not proven to extend the one cosigned last.'
  return { kind: 'contradiction', contradiction: 'unproven', checkpoint, reason }
}

/** Signatures of unknown keys are ignored; one under a trusted key that does not verify makes the note malformed. */
function isSigned({ note }: ParsedCheckpoint, keys: readonly NoteVerifier[]): boolean {
  return holds(() => verifyNote(note, keys))
}

function isFork({ size, root }: Tree, latest: Tree): boolean {
  return size === latest.size && !root.equals(latest.root)
}

function extendsLatest({ size, root }: Tree, proof: readonly Buffer[], latest: Tree): boolean {
  return holds(() => verifyConsistency(latest.size, size, proof, latest.root, root))
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
