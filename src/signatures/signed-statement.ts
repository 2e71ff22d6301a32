/** What a signature is made over, how it is made, and whether one holds. Plain JWS (RFC 7515) with EdDSA (RFC 8037). */
import type { KeyObject } from 'node:crypto'
import { CompactSign, compactVerify, decodeProtectedHeader, importJWK } from 'jose'
import { canonicalJson } from '../ledger/canonical-json.js'
import type { StoredEvent } from '../ledger/event.js'
import { leafHash } from '../ledger/log/hash.js'
import type { SignedRecord } from './events.js'
import { inForce, type SignatureKey } from './keys/signature-keys.js'
import type { SignatureMeaning } from './meanings.js'
import type { Components } from './step-up.js'

export const STATEMENT_FORMAT = 'twin-ledger-signature/1'
const TYPE = 'twin-ledger-signature+jws'

/** The JWS payload, as RFC 8785 canonical JSON. */
export interface SignedStatement {
  format: typeof STATEMENT_FORMAT
  /** Random id of the signature. */
  signature: string
  record: SignedRecord
  /** The log when it was signed: its signed checkpoint (C2SP tlog-checkpoint), verbatim. */
  checkpoint: string
  /** Who: pseudonymous id, role, organisation, and where the log holds the declaration with the printed name. */
  signer: { id: string; role: string; org?: string; attestation: number }
  meaning: SignatureMeaning
  /** RFC 3339, UTC. */
  signedAt: string
  authentication: { acr: string; at: string; components: Components }
}

/** What the log's entry of a record says of it. */
export function recordOf({ header, position, leaf }: Omit<StoredEvent, 'payload'>): SignedRecord {
  return {
    stream: header.stream,
    revision: header.revision,
    position,
    eventId: header.id,
    type: header.type,
    leafHash: leafHash(leaf).toString('base64url'),
    payloadDigest: header.payload.digest,
  }
}

/** The compact JWS. */
export function signStatement(statement: SignedStatement, kid: string, key: KeyObject): Promise<string> {
  return new CompactSign(Buffer.from(canonicalJson(statement)))
    .setProtectedHeader({ alg: 'EdDSA', kid, typ: TYPE, cty: 'application/json' })
    .sign(key)
}

/** Why a signature does not hold. `transplanted`: it is over another record than the one it is shown with. */
export const SIGNATURE_FAULTS = {
  'signature-malformed': 'This is not a signature of this service.',
  'signature-key-unknown': 'The key is none that was ever published here: the signature is forged.',
  'signature-altered': 'The signature does not verify: it, or what it is over, was altered.',
  'signature-key-not-in-force': 'The key was not in force where the log has the signature.',
  'signature-transplanted': 'The signature belongs to another record.',
} as const
export type SignatureFault = keyof typeof SIGNATURE_FAULTS

export interface SignatureClaim {
  jws: string
  /** The record it is shown with, as the log has it. */
  record: SignedRecord
  /** Where the log has the signature itself. */
  position: number
  recordedAt: string
}

/** The statement, or what is wrong with the claim that this JWS signs this record. */
export async function verifyStatement(
  { jws, record, position, recordedAt }: SignatureClaim,
  keys: ReadonlyMap<string, SignatureKey>,
): Promise<{ statement: SignedStatement } | { fault: SignatureFault }> {
  const kid = keyIdOf(jws)
  if (kid === null) return { fault: 'signature-malformed' }
  const key = keys.get(kid)
  if (!key) return { fault: 'signature-key-unknown' }
  const statement = await opened(jws, key)
  if (statement === null) return { fault: 'signature-altered' }
  if (!inForce(key, position, recordedAt)) return { fault: 'signature-key-not-in-force' }
  if (canonicalJson(statement.record) !== canonicalJson(record)) return { fault: 'signature-transplanted' }
  return { statement }
}

function keyIdOf(jws: string): string | null {
  try {
    const { kid, typ, alg } = decodeProtectedHeader(jws)
    return typ === TYPE && alg === 'EdDSA' && typeof kid === 'string' ? kid : null
  } catch {
    return null
  }
}

async function opened(jws: string, { kty, crv, x }: SignatureKey): Promise<SignedStatement | null> {
  try {
    const { payload } = await compactVerify(jws, await importJWK({ kty, crv, x }, 'EdDSA'), { algorithms: ['EdDSA'] })
    return JSON.parse(Buffer.from(payload).toString('utf8')) as SignedStatement
  } catch {
    return null
  }
}
