/** `.tlog-proof` files, C2SP tlog-proof: evidence, verifiable offline, that an entry is in a log. */
import { IntegrityError } from '../../platform/errors.js'
import { decodeBase64 } from './base64.js'
import { openCheckpoint, parseDecimal, type ParsedCheckpoint } from './checkpoint.js'
import { HASH_SIZE } from './hash.js'
import type { NoteVerifier } from './note-key.js'
import { verifyInclusion } from './proof.js'

export interface TlogProof {
  /** Opaque and unauthenticated. */
  extra?: Buffer
  /** Leaf index of the entry. */
  index: number
  /** Audit path, from the leaf's sibling upwards. */
  hashes: Buffer[]
  /** The signed checkpoint, verbatim. */
  checkpoint: string
}

const HEADER = 'c2sp.org/tlog-proof@v1'
const MAX_PATH = 63

function malformed(): IntegrityError {
  return new IntegrityError('tlog-proof-malformed', 'The proof file is malformed (C2SP tlog-proof).')
}

export function encodeTlogProof({ extra, index, hashes, checkpoint }: TlogProof): string {
  return [
    HEADER,
    ...(extra ? [`extra ${extra.toString('base64')}`] : []),
    `index ${index}`,
    ...hashes.map((hash) => hash.toString('base64')),
    '',
    checkpoint,
  ].join('\n')
}

function decodeField(text: string): Buffer {
  const bytes = decodeBase64(text)
  if (!bytes) throw malformed()
  return bytes
}

function decodeHash(line: string): Buffer {
  const hash = decodeField(line)
  if (hash.length !== HASH_SIZE) throw malformed()
  return hash
}

/** Reads a proof file without verifying it. @throws IntegrityError `tlog-proof-malformed` */
export function parseTlogProof(file: string): TlogProof {
  const blank = file.indexOf('\n\n')
  const [header, ...lines] = file.slice(0, Math.max(blank, 0)).split('\n')
  const extra = lines[0]?.startsWith('extra ') ? decodeField(lines.shift()!.slice('extra '.length)) : undefined
  const indexLine = lines.shift() ?? ''
  const index = indexLine.startsWith('index ') ? parseDecimal(indexLine.slice('index '.length)) : null
  if (header !== HEADER || index === null || lines.length > MAX_PATH) throw malformed()
  return { ...(extra && { extra }), index, hashes: lines.map(decodeHash), checkpoint: file.slice(blank + 2) }
}

/**
 * Verifies that the entry with this leaf hash is in the log at the proof's index.
 *
 * @param verifiers the log's key first, as in `openCheckpoint`
 * @returns the verified checkpoint
 * @throws IntegrityError `proof-invalid`, `checkpoint-malformed`, `checkpoint-signature-invalid`, `checkpoint-origin-mismatch`
 */
export function verifyTlogProof(
  proof: TlogProof,
  leaf: Uint8Array,
  verifiers: readonly [NoteVerifier, ...NoteVerifier[]],
  origin?: string,
): ParsedCheckpoint {
  const checkpoint = openCheckpoint(proof.checkpoint, verifiers, origin)
  verifyInclusion(proof.index, checkpoint.size, leaf, proof.hashes, checkpoint.root)
  return checkpoint
}
