/** Signed notes, C2SP signed-note: a text, a blank line, signature lines. */
import { isUtf8 } from 'node:buffer'
import { IntegrityError, InvalidRequest } from '../../platform/errors.js'
import { decodeBase64 } from './base64.js'
import { isKeyName, type NoteSigner, type NoteVerifier } from './note-key.js'

/** One signature line, not yet verified. */
export interface NoteSignature {
  name: string
  /** Eight lower-case hex digits. */
  keyId: string
  /** The bytes after the key ID. */
  signature: Buffer
}

export interface Note {
  /** Includes its final newline; this is what signatures cover. */
  text: string
  signatures: NoteSignature[]
}

/** Bounds on what an untrusted note may make us do; the standard asks to accept at least 16 signatures. */
const MAX_NOTE_BYTES = 1_000_000
const MAX_SIGNATURES = 100

const KEY_ID_BYTES = 4
const SIGNATURE_LINE = /^\u2014 (?<name>[^ ]+) (?<base64>[^ ]+)$/u
const FORBIDDEN = /[\u0000-\u0009\u000b-\u001f\p{Cs}]/u

function malformed(): IntegrityError {
  return new IntegrityError('note-malformed', 'The signed note is malformed (C2SP signed-note).')
}

function decodeNote(note: string | Uint8Array): string {
  if (note.length > MAX_NOTE_BYTES) throw malformed()
  if (typeof note !== 'string' && !isUtf8(note)) throw malformed()
  const text = typeof note === 'string' ? note : Buffer.from(note).toString('utf8')
  if (FORBIDDEN.test(text)) throw malformed()
  return text
}

/** Reads one signature line, without its newline. @throws IntegrityError `note-malformed` */
export function parseSignatureLine(line: string): NoteSignature {
  const { name = '', base64 = '' } = SIGNATURE_LINE.exec(line)?.groups ?? {}
  const bytes = decodeBase64(base64)
  if (!isKeyName(name) || !bytes || bytes.length <= KEY_ID_BYTES) throw malformed()
  return { name, keyId: bytes.toString('hex', 0, KEY_ID_BYTES), signature: bytes.subarray(KEY_ID_BYTES) }
}

/** Writes one signature line, without its newline. */
export function formatSignatureLine({ name, keyId, signature }: NoteSignature): string {
  return `\u2014 ${name} ${Buffer.concat([Buffer.from(keyId, 'hex'), signature]).toString('base64')}`
}

/**
 * Splits a note into its text and its signature lines. Nothing is verified: the text must not be used before `verifyNote`.
 *
 * @throws IntegrityError `note-malformed`
 */
export function parseNote(note: string | Uint8Array): Note {
  const decoded = decodeNote(note)
  const blank = decoded.lastIndexOf('\n\n')
  const block = decoded.slice(blank + 2)
  if (blank < 0 || !block.endsWith('\n')) throw malformed()
  const lines = block.slice(0, -1).split('\n')
  if (lines.length > MAX_SIGNATURES) throw malformed()
  return { text: decoded.slice(0, blank + 1), signatures: lines.map(parseSignatureLine) }
}

/**
 * The signatures of known keys, all verified. Signatures of unknown keys are ignored, as the standard demands.
 *
 * @throws IntegrityError `note-signature-invalid`: no known key signed, a known key's signature is wrong, or it signed twice
 */
export function verifyNote(note: Note, verifiers: readonly NoteVerifier[]): NoteSignature[] {
  const text = Buffer.from(note.text)
  const verified: NoteSignature[] = []
  for (const verifier of verifiers) {
    const own = note.signatures.filter(({ name, keyId }) => name === verifier.name && keyId === verifier.keyId)
    const [signature] = own
    if (!signature) continue
    if (own.length > 1 || !verifier.verify(text, signature.signature)) throw signatureInvalid(verifier)
    verified.push(signature)
  }
  if (verified.length === 0) throw signatureInvalid()
  return verified
}

function signatureInvalid(verifier?: NoteVerifier): IntegrityError {
  return new IntegrityError(
    'note-signature-invalid',
    verifier ? 'A signature of a trusted key does not verify.' : 'No trusted key signed.',
    verifier ? { key: `${verifier.name}+${verifier.keyId}` } : {},
  )
}

/** Parses and verifies. @throws IntegrityError `note-malformed`, `note-signature-invalid` */
export function openNote(note: string | Uint8Array, verifiers: readonly NoteVerifier[]): Note {
  const parsed = parseNote(note)
  verifyNote(parsed, verifiers)
  return parsed
}

/**
 * Signs a text with each signer, in order.
 *
 * @param text ends in a newline; no control character but newlines
 * @throws InvalidRequest `note-text-invalid`
 */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  if (!text.endsWith('\n') || FORBIDDEN.test(text) || signers.length === 0) {
    throw new InvalidRequest('note-text-invalid', 'A note is text that ends in a newline, with at least one signer.')
  }
  const bytes = Buffer.from(text)
  const lines = signers.map(({ name, keyId, sign }) => formatSignatureLine({ name, keyId, signature: sign(bytes) }))
  return `${text}\n${lines.join('\n')}\n`
}
