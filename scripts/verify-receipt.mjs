#!/usr/bin/env node
/**
 * Verifies a consent receipt of Twin Ledger offline: plain Node.js and the library jose, nothing of the service (this file and
 * log-proofs.mjs beside it).
 *
 *   node verify-receipt.mjs receipt.json --keys keys.json --vkey <vkey>
 *
 * receipt.json     the answer of GET /api/v1/subjects/<subject>/consents/<consent>/receipt
 * keys.json        the answer of GET /api/v1/keys, best from an earlier contact
 * vkey             the log's key, as GET /log/vkey gives it; it should have reached you another way
 *
 * Checked: the JWS, and that it is over this receipt; that the text of the notice is the one whose digest the receipt and the log
 * name; that each step is in the log where the receipt says, under a checkpoint signed by the log's key. A consent may have been
 * asked for with another text than it was given under, such as one in another language.
 * Exit code 0: it holds; 1: it does not, with a code and the reason; 2: used wrongly.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { compactVerify, decodeProtectedHeader, importJWK } from 'jose'
import { Fault, provenPosition, sha256 } from './log-proofs.mjs'

/** RFC 8785, as far as receipts go: their numbers are whole. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`)
  return `{${members.join(',')}}`
}

async function requireSigned(receipt, signature, keys) {
  let kid
  try {
    kid = decodeProtectedHeader(signature).kid
  } catch {
    throw new Fault('signature-malformed', 'This is not a JWS.')
  }
  const key = keys.find((candidate) => candidate.kid === kid && !candidate.validity)
  if (!key) throw new Fault('signature-key-unknown', 'The key is none that was published for copies: it is forged.')
  const opened = await compactVerify(signature, await importJWK(key, 'EdDSA'), { algorithms: ['EdDSA'] }).catch(() => {
    throw new Fault('signature-altered', 'The signature does not verify.')
  })
  if (Buffer.from(opened.payload).toString('utf8') !== canonical(receipt))
    throw new Fault('receipt-altered', 'The signature is over another receipt.')
}

/** @returns the digest of the text, hex; null for a receipt whose notice was not kept */
function requireText({ 'schema:text': text, 'schema:sha256': digest }) {
  if (text === undefined) return null
  if (sha256(Buffer.from(text, 'utf8')).toString('hex') !== digest)
    throw new Fault('notice-altered', 'The text of the notice is not the one whose digest the receipt names.')
  return digest
}

/** @param given whether the consent was: it was then given under the receipt's notice, whichever text it had been asked for with */
function requireStep(step, entry, { notice, digest, given, vkey }) {
  const leaf = Buffer.from(entry.leaf, 'base64')
  const header = JSON.parse(leaf.toString('utf8'))
  const position = provenPosition(leaf, entry.proof, vkey)
  if (position !== step['tl:position'] || header.id !== step['tl:event'])
    throw new Fault('step-not-in-log', 'A step is not where the receipt says.')
  if (entry.payload === null) return
  const payload = Buffer.from(entry.payload, 'base64')
  if (sha256(payload).toString('base64url') !== header.payload.digest)
    throw new Fault('step-altered', 'What the log recorded is something else.')
  const told = JSON.parse(payload.toString('utf8')).notice
  if (told?.sha256 === undefined || digest === null) return
  if (given && header.type === 'consent.requested') return
  if (told.sha256 !== digest || told.id !== notice['dct:identifier'] || told.version !== notice['schema:version'])
    throw new Fault('notice-not-in-log', 'The log recorded another notice.')
}

async function verifyReceipt({ receipt, signature, entries }, { keys }, vkey) {
  await requireSigned(receipt, signature, keys)
  const record = receipt['dpv:hasRecordOfActivity']
  const notice = record['dpv:hasNotice']
  const digest = requireText(notice)
  const steps = record['dpv:hasConsentStatus'].filter((status) => status['tl:event'] !== undefined)
  if (steps.length !== entries.length) throw new Fault('step-not-in-log', 'A step has no entry of the log.')
  const given = steps.some((step) => step['@type'].includes('dpv:ConsentGiven'))
  steps.forEach((step, index) => requireStep(step, entries[index], { notice, digest, given, vkey }))
  return { record, digest, steps: steps.length }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { keys: { type: 'string' }, vkey: { type: 'string' } },
})
if (positionals.length !== 1 || !values.keys || !values.vkey) {
  console.error('usage: verify-receipt.mjs receipt.json --keys keys.json --vkey <vkey>')
  process.exit(2)
}
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))
try {
  const { record, digest, steps } = await verifyReceipt(readJson(positionals[0]), readJson(values.keys), values.vkey)
  const notice = record['dpv:hasNotice']
  console.log(`good: ${record['tl:status']} consent ${record['dct:identifier']}`)
  console.log(
    `  notice ${notice['dct:identifier']} ${notice['schema:version']} (${notice['dct:language']}), ${digest ? `sha256 ${digest}` : 'text not kept'}`,
  )
  console.log(`  ${steps} steps in the log`)
} catch (error) {
  if (!(error instanceof Fault)) throw error
  console.error(`${error.code}: ${error.message}`)
  process.exit(1)
}
