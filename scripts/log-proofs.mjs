/**
 * What proves an entry of the log without the service that keeps it: plain Node.js. Used by the scripts that verify what was handed over.
 */
import { createHash, createPublicKey, verify } from 'node:crypto'

const SPKI_ED25519 = Buffer.from('302a300506032b6570032100', 'hex')

/** Why something does not hold, with a stable code. */
export class Fault extends Error {
  constructor(code, reason) {
    super(reason)
    this.code = code
  }
}

export const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest()
export const leafHash = (leaf) => sha256(Buffer.of(0), leaf)
const nodeHash = (left, right) => sha256(Buffer.of(1), left, right)

/** Root of the tree of `size` leaves out of the audit path of leaf `index` (RFC 9162 §2.1.3.2). */
function rootFrom(index, size, leaf, path) {
  let [fn, sn, hash] = [index, size - 1, leaf]
  for (const sibling of path) {
    if (sn === 0) throw new Fault('proof-invalid', 'A proof is too long.')
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)]
    } else hash = nodeHash(hash, sibling)
    ;[fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
  }
  if (sn !== 0) throw new Fault('proof-invalid', 'A proof is too short.')
  return hash
}

/** Size and root of a checkpoint that the log's key signed (C2SP signed-note, tlog-checkpoint). */
function openCheckpoint(note, vkey) {
  const [, name, id, key] = /^(.+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(vkey) ?? []
  const bytes = Buffer.from(key ?? '', 'base64')
  if (bytes.length !== 33 || bytes[0] !== 1)
    throw new Fault('vkey-malformed', 'The log’s key is not an Ed25519 verifier key.')
  const blank = note.indexOf('\n\n')
  const text = note.slice(0, blank + 1)
  const publicKey = createPublicKey({
    key: Buffer.concat([SPKI_ED25519, bytes.subarray(1)]),
    format: 'der',
    type: 'spki',
  })
  const signed = note
    .slice(blank + 2)
    .split('\n')
    .filter((line) => line.startsWith(`\u2014 ${name} `))
    .map((line) => Buffer.from(line.split(' ')[2], 'base64'))
    .some((blob) => blob.toString('hex', 0, 4) === id && verify(null, Buffer.from(text), publicKey, blob.subarray(4)))
  if (!signed) throw new Fault('checkpoint-signature-invalid', 'The checkpoint is not signed by the log’s key.')
  const [origin, size, root] = text.split('\n')
  if (origin !== name) throw new Fault('checkpoint-origin-mismatch', 'The checkpoint is one of another log.')
  return { size: Number(size), root }
}

/** Position of an entry that a .tlog-proof shows to be in the log (C2SP tlog-proof). */
export function provenPosition(leaf, file, vkey) {
  const blank = file.indexOf('\n\n')
  const [version, ...lines] = file.slice(0, blank).split('\n')
  const at = lines.findIndex((line) => line.startsWith('index '))
  if (version !== 'c2sp.org/tlog-proof@v1' || at < 0) throw new Fault('proof-invalid', 'A proof file is malformed.')
  const index = Number(lines[at].slice('index '.length))
  const path = lines.slice(at + 1).map((line) => Buffer.from(line, 'base64'))
  const { size, root } = openCheckpoint(file.slice(blank + 2), vkey)
  if (index >= size || rootFrom(index, size, leafHash(leaf), path).toString('base64') !== root)
    throw new Fault('proof-invalid', 'An entry is not in the log where the proof says.')
  return index
}
