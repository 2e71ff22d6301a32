/** Verifies the log in this browser: key, signature, tree, and that it still contains what was verified before. */
import { equal } from './bytes.js'
import { parseCheckpoint, type Checkpoint } from './checkpoint.js'
import { recall, remember } from './memory.js'
import { fetchLeafHashes } from './tiles.js'
import { treeHash } from './tree.js'
import { checkSignature, parseVerifierKey, type SignatureResult } from './verifier-key.js'

export type Consistency = 'first-seen' | 'consistent' | 'rewritten' | 'rolled-back'

export interface Verification {
  checkpoint: Checkpoint
  signature: SignatureResult
  /** Whether the key is the one this browser was first shown, or was given. */
  keyIsKnown: boolean
  rootMatches: boolean
  consistency: Consistency
  /** What the present log was compared with. */
  earlier?: { size: number; seenAt: string }
}

export interface Served {
  note: string
  verifierKey: string
}

/** True when every check held. An unsupported signature check is not a failure, and not a success. */
export function holds({ signature, keyIsKnown, rootMatches, consistency }: Verification): boolean {
  return (
    signature === 'valid' && keyIsKnown && rootMatches && (consistency === 'consistent' || consistency === 'first-seen')
  )
}

/**
 * Recomputes everything from the leaf hashes up, then remembers the checkpoint if every check held.
 *
 * @throws Error what was served is no checkpoint, key or tile; ApiProblem it cannot be had
 */
export async function verifyLog(
  { note, verifierKey }: Served,
  progress: (tiles: number) => void,
  signal: AbortSignal,
): Promise<Verification> {
  const checkpoint = parseCheckpoint(note)
  const known = recall(checkpoint.origin)
  const trusted = known?.verifierKey ?? verifierKey.trim()
  const signature = await checkSignature(checkpoint, await parseVerifierKey(trusted))
  const earlier = known?.note === undefined ? undefined : parseCheckpoint(known.note)

  const leaves = await fetchLeafHashes(checkpoint.size, progress, signal)
  const verification: Verification = {
    checkpoint,
    signature,
    keyIsKnown: trusted === verifierKey.trim(),
    rootMatches: equal(await treeHash(leaves), checkpoint.root),
    consistency: await compare(checkpoint, earlier, (size) => treeHash(leaves, size)),
    ...(earlier && { earlier: { size: earlier.size, seenAt: known?.seenAt ?? '' } }),
  }
  if (holds(verification)) {
    remember(checkpoint.origin, { verifierKey: trusted, note, seenAt: new Date().toISOString() })
  }
  return verification
}

/** The earlier tree must be the beginning of the present one. */
async function compare(
  present: Checkpoint,
  earlier: Checkpoint | undefined,
  rootAt: (size: number) => Promise<Uint8Array>,
): Promise<Consistency> {
  if (earlier === undefined) return 'first-seen'
  if (earlier.size > present.size) return 'rolled-back'
  return equal(await rootAt(earlier.size), earlier.root) ? 'consistent' : 'rewritten'
}
