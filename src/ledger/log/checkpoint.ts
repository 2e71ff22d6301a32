/** Checkpoints, C2SP tlog-checkpoint: a signed note over a log's origin, size and root. */
import { hash } from 'node:crypto'
import { IntegrityError, InvalidRequest } from '../../platform/errors.js'
import { decodeBase64 } from './base64.js'
import { HASH_SIZE } from './hash.js'
import { type Note, parseNote, signNote, verifyNote } from './note.js'
import { isKeyName, type NoteSigner, type NoteVerifier } from './note-key.js'

export interface Checkpoint {
  /** Identity of the log, equal to its key's name. */
  origin: string
  /** Leaves of the tree. */
  size: number
  /** RFC 6962 root, 32 bytes. */
  root: Buffer
}

/** A checkpoint as read, with the lines after the root (the standard advises against them) and the note it came in. */
export interface ParsedCheckpoint extends Checkpoint {
  extensions: string[]
  note: Note
}

const DECIMAL = /^(0|[1-9]\d*)$/
const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i

/** A canonical non-negative decimal within the safe integers, or null. */
export function parseDecimal(text: string): number | null {
  const value = DECIMAL.test(text) ? Number(text) : NaN
  return Number.isSafeInteger(value) ? value : null
}

/** Whether a log of ours may have this origin: a schema-less URL without space, plus or trailing slash. */
export function isOrigin(origin: string): boolean {
  return isKeyName(origin) && !SCHEME.test(origin) && !origin.endsWith('/')
}

/** Name of a log where its origin does not fit, in paths and file names: SHA-256 in lower-case hex (C2SP tlog-witness). */
export function originHash(origin: string): string {
  return hash('sha256', origin, 'hex')
}

/** @throws InvalidRequest `origin-invalid` */
export function assertOrigin(origin: string): void {
  if (!isOrigin(origin)) {
    throw new InvalidRequest('origin-invalid', 'The origin is a URL without scheme, space, plus or trailing slash.')
  }
}

/** Note text of a checkpoint: `origin\nsize\nbase64(root)\n`. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`
}

/** The signed checkpoint. @throws InvalidRequest `origin-invalid`: also when the origin is not the signer's name */
export function signCheckpoint(checkpoint: Checkpoint, signer: NoteSigner): string {
  assertOrigin(checkpoint.origin)
  if (checkpoint.origin !== signer.name) {
    throw new InvalidRequest(
      'origin-invalid',
      "The checkpoint's origin differs from the name of the key that signs it.",
    )
  }
  return signNote(checkpointText(checkpoint), [signer])
}

/** Reads a checkpoint without verifying anything. @throws IntegrityError `checkpoint-malformed` */
export function parseCheckpoint(signed: string | Uint8Array): ParsedCheckpoint {
  const note = readNote(signed)
  const [origin = '', sizeLine = '', rootLine = '', ...extensions] = note.text.slice(0, -1).split('\n')
  const size = parseDecimal(sizeLine)
  const root = decodeBase64(rootLine)
  if (!origin || size === null || root?.length !== HASH_SIZE || extensions.includes('')) throw malformed()
  return { origin, size, root, extensions, note }
}

/**
 * Reads a checkpoint and verifies that a pinned key signed it for a pinned origin.
 *
 * @param verifiers the log's key, and others (witnesses) whose signatures must verify where they are present
 * @param origin defaults to the name of the log's key
 * @throws IntegrityError `checkpoint-malformed`, `checkpoint-signature-invalid`, `checkpoint-origin-mismatch`
 */
export function openCheckpoint(
  signed: string | Uint8Array,
  [log, ...others]: readonly [NoteVerifier, ...NoteVerifier[]],
  origin: string = log.name,
): ParsedCheckpoint {
  const checkpoint = parseCheckpoint(signed)
  if (!isSignedBy(checkpoint.note, log, others)) {
    throw new IntegrityError('checkpoint-signature-invalid', 'The checkpoint is not signed by the key of the log.', {
      key: `${log.name}+${log.keyId}`,
    })
  }
  if (checkpoint.origin !== origin) {
    throw new IntegrityError('checkpoint-origin-mismatch', 'The checkpoint is that of another log.', { origin })
  }
  return checkpoint
}

function isSignedBy(note: Note, log: NoteVerifier, others: readonly NoteVerifier[]): boolean {
  try {
    const verified = verifyNote(note, [log, ...others])
    return verified.some(({ name, keyId }) => name === log.name && keyId === log.keyId)
  } catch (error) {
    if (error instanceof IntegrityError) return false
    throw error
  }
}

function readNote(signed: string | Uint8Array): Note {
  try {
    return parseNote(signed)
  } catch (error) {
    throw error instanceof IntegrityError ? malformed() : error
  }
}

function malformed(): IntegrityError {
  return new IntegrityError('checkpoint-malformed', 'The checkpoint is malformed (C2SP tlog-checkpoint).')
}
