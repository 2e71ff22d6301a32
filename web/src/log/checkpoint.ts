/** Checkpoints (C2SP tlog-checkpoint) and the signed notes they are (C2SP signed-note). */
import { fromBase64, type Bytes } from './bytes.js'

export interface Signature {
  name: string
  /** The first four bytes: which key. */
  keyId: Bytes
  signature: Bytes
}

export interface Checkpoint {
  origin: string
  /** Number of events in the tree. */
  size: number
  root: Bytes
  /** What the signatures cover. */
  text: string
  signatures: Signature[]
}

const SIGNATURE_LINE = /^— (\S+) (\S+)$/

/** @throws Error the text is not a checkpoint */
export function parseCheckpoint(note: string): Checkpoint {
  const split = note.lastIndexOf('\n\n')
  if (split < 0 || !note.endsWith('\n')) throw new Error('The checkpoint is not a signed note.')
  const text = note.slice(0, split + 1)
  const [origin = '', size = '', root = ''] = text.split('\n')
  if (origin === '' || !/^(0|[1-9]\d{0,14})$/.test(size)) throw new Error('The checkpoint names no origin or no size.')
  const hash = fromBase64(root)
  if (hash.length !== 32) throw new Error('The root of the checkpoint is not a SHA-256 hash.')
  const signatures = note
    .slice(split + 2, -1)
    .split('\n')
    .map(parseSignature)
  return { origin, size: Number(size), root: hash, text, signatures }
}

function parseSignature(line: string): Signature {
  const [, name, encoded] = SIGNATURE_LINE.exec(line) ?? []
  if (name === undefined || encoded === undefined) throw new Error('A signature line of the checkpoint is malformed.')
  const bytes = fromBase64(encoded)
  return { name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) }
}
