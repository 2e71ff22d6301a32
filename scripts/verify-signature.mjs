#!/usr/bin/env node
/**
 * Verifies an electronic signature of Twin Ledger offline: plain Node.js and the library jose, nothing of the service.
 *
 *   node verify-signature.mjs signature.json --keys keys.json --vkey <vkey>
 *
 * signature.json   the answer of GET /api/v1/signatures/<id>
 * keys.json        the answer of GET /api/v1/keys, best from an earlier contact
 * vkey             the log's key, as GET /log/vkey gives it; it should have reached you another way
 *
 * Checked: the JWS; that the record's entry hashes to what was signed; that record and signature are in the log, under a
 * checkpoint signed by the log's key; that the signing key was in force where the log has the signature.
 * Exit code 0: it holds; 1: it does not, with a code and the reason; 2: used wrongly.
 */
import { createHash, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { compactVerify, decodeProtectedHeader, importJWK } from 'jose'

/** As long after its replacement, signatures that were under way still count. */
const OVERLAP_MS = 60_000
const SPKI_ED25519 = Buffer.from('302a300506032b6570032100', 'hex')

class Fault extends Error {
  constructor(code, reason) {
    super(reason)
    this.code = code
  }
}

const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest()
const leafHash = (leaf) => sha256(Buffer.of(0), leaf)
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
function provenPosition(leaf, file, vkey) {
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

async function verifiedStatement(jws, keys) {
  let kid
  try {
    kid = decodeProtectedHeader(jws).kid
  } catch {
    throw new Fault('signature-malformed', 'This is not a JWS.')
  }
  const key = keys.find((candidate) => candidate.kid === kid && candidate.validity)
  if (!key) throw new Fault('signature-key-unknown', 'The key is none that was published for signatures: it is forged.')
  try {
    const { payload } = await compactVerify(jws, await importJWK(key, 'EdDSA'), { algorithms: ['EdDSA'] })
    return { key, statement: JSON.parse(Buffer.from(payload).toString('utf8')) }
  } catch {
    throw new Fault('signature-altered', 'The signature does not verify: it, or what it is over, was altered.')
  }
}

function requireSameRecord(signed, leaf, position) {
  const header = JSON.parse(leaf.toString('utf8'))
  const shown = {
    stream: header.stream,
    revision: header.revision,
    position,
    eventId: header.id,
    type: header.type,
    leafHash: leafHash(leaf).toString('base64url'),
    payloadDigest: header.payload.digest,
  }
  const differing = Object.keys(shown).find((name) => shown[name] !== signed[name])
  if (differing) throw new Fault('signature-transplanted', `The signature belongs to another record (${differing}).`)
}

function requireKeyInForce({ activatedPosition, retiredAt, revokedFromPosition }, position, recordedAt) {
  const inTime =
    position > activatedPosition &&
    (retiredAt === null || Date.parse(recordedAt) <= Date.parse(retiredAt) + OVERLAP_MS) &&
    (revokedFromPosition === null || position < revokedFromPosition)
  if (!inTime)
    throw new Fault('signature-key-not-in-force', 'The key was not in force where the log has the signature.')
}

async function verifySignature({ evidence }, { keys }, vkey) {
  const { key, statement } = await verifiedStatement(evidence.jws, keys)
  const recordLeaf = Buffer.from(evidence.record.leaf, 'base64')
  requireSameRecord(statement.record, recordLeaf, provenPosition(recordLeaf, evidence.record.proof, vkey))

  const leaf = Buffer.from(evidence.signature.leaf, 'base64')
  const position = provenPosition(leaf, evidence.signature.proof, vkey)
  const payload = Buffer.from(evidence.signature.payload, 'base64')
  const entry = JSON.parse(leaf.toString('utf8'))
  if (
    sha256(payload).toString('base64url') !== entry.payload.digest ||
    JSON.parse(payload.toString('utf8')).jws !== evidence.jws
  )
    throw new Fault('signature-not-in-log', 'The log’s entry is of another signature.')
  requireKeyInForce(key.validity, position, entry.recordedAt)
  return { statement, position }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { keys: { type: 'string' }, vkey: { type: 'string' } },
})
if (positionals.length !== 1 || !values.keys || !values.vkey) {
  console.error('usage: verify-signature.mjs signature.json --keys keys.json --vkey <vkey>')
  process.exit(2)
}
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))
try {
  const { statement, position } = await verifySignature(readJson(positionals[0]), readJson(values.keys), values.vkey)
  const { record, signer, meaning, signedAt } = statement
  console.log(`good: ${meaning} of ${record.stream} revision ${record.revision}`)
  console.log(`  signed ${signedAt} by ${signer.role} ${signer.id}`)
  console.log(`  record at position ${record.position}, signature at position ${position} of the log`)
} catch (error) {
  if (!(error instanceof Fault)) throw error
  console.error(`${error.code}: ${error.message}`)
  process.exit(1)
}
