/** The request of C2SP tlog-witness, "add-checkpoint": what a log and a witness exchange. */
import { IntegrityError, InvalidRequest } from '../../platform/errors.js'
import { decodeBase64 } from './base64.js'
import { parseCheckpoint, parseDecimal, type ParsedCheckpoint } from './checkpoint.js'
import { HASH_SIZE } from './hash.js'

/** @typeParam Signed the signed checkpoint: verbatim, or as read and not verified */
export interface AddCheckpointRequest<Signed = string> {
  /** Size of the checkpoint that the witness cosigned last, as the log believes; 0 for the first. */
  oldSize: number
  /** Consistency proof from the old size to that of the checkpoint (RFC 6962 section 2.1.2). */
  proof: Buffer[]
  checkpoint: Signed
}

/** Media type of the body with which a witness tells the size it cosigned last (409). */
export const SIZE_MEDIA_TYPE = 'text/x.tlog.size'
/** Room for 63 hashes and a checkpoint with many signatures, also post-quantum ones of 5 kB. */
export const MAX_ADD_CHECKPOINT_BYTES = 131_072
const MAX_PROOF_LINES = 63

export function encodeAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpointRequest): string {
  return [`old ${oldSize}`, ...proof.map((hash) => hash.toString('base64')), '', checkpoint].join('\n')
}

/** Reads a request without verifying anything. @throws InvalidRequest `add-checkpoint-malformed` */
export function parseAddCheckpoint(body: string): AddCheckpointRequest<ParsedCheckpoint> {
  const blank = body.indexOf('\n\n')
  const [oldLine = '', ...proofLines] = body.slice(0, Math.max(blank, 0)).split('\n')
  const oldSize = oldLine.startsWith('old ') ? parseDecimal(oldLine.slice('old '.length)) : null
  if (oldSize === null || proofLines.length > MAX_PROOF_LINES) throw malformed()
  return { oldSize, proof: proofLines.map(decodeHash), checkpoint: readCheckpoint(body.slice(blank + 2)) }
}

function readCheckpoint(signed: string): ParsedCheckpoint {
  try {
    return parseCheckpoint(signed)
  } catch (error) {
    throw error instanceof IntegrityError ? malformed() : error
  }
}

function decodeHash(line: string): Buffer {
  const hash = decodeBase64(line)
  if (hash?.length !== HASH_SIZE) throw malformed()
  return hash
}

function malformed(): InvalidRequest {
  return new InvalidRequest('add-checkpoint-malformed', 'This is no add-checkpoint request (C2SP tlog-witness).')
}
