#!/usr/bin/env node
/**
 * Verifies an electronic signature of Twin Ledger offline: plain Node.js and the library jose, nothing of the service
 * (this file and log-proofs.mjs beside it).
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
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { compactVerify, decodeProtectedHeader, importJWK } from 'jose'
import { Fault, leafHash, provenPosition, sha256 } from './log-proofs.mjs'

/** As long after its replacement, signatures that were under way still count. */
const OVERLAP_MS = 60_000
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
