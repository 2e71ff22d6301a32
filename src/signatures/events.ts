/**
 * What can have happened to electronic signatures. Streams: `signer-<actor id>` (what a person declared and set out to sign),
 * `signature-<uuid>` (one signature each, never changed or removed) and `signature-keys-…` (the service's keys behind them).
 *
 * For other rooms: people sign through `POST /api/v1/signing-requests` and `POST /api/v1/signatures`, for whatever stream and
 * revision. A command that needs a signature executes the query `RequireSignature` (queries/require-signature.ts) with the stream, the
 * revision and the meaning wanted; it answers with the signature or throws. What was signed never changes: an event that
 * leaves the record as it was says so with `changesRecord: false` in its event type, any other later event voids visibly.
 */
import { eventTypes, type DomainEvent } from '../journal/event-type.js'
import type { SignatureMeaning } from './meanings.js'
import type { Components } from './step-up.js'

/** Somebody's right to sign begins: their name as printed with signatures, sealed under the signer's own key. */
export type SignerAttested = DomainEvent<
  'signer.attested',
  { printedName: string; statement: string; tokenId: string; acr: string; authenticatedAt: string }
>
/** A person said what they are about to sign; from now on they have to authenticate for exactly this. */
export type SigningOpened = DomainEvent<
  'signer.signing-opened',
  {
    request: string
    stream: string
    revision: number
    meaning: SignatureMeaning
    components: Components
    expiresAt: string
  }
>
/** The authentication was used up for the signature. */
export type SignerSigned = DomainEvent<
  'signer.signed',
  {
    request: string
    signature: string
    tokenId: string
    acr: string
    authenticatedAt: string
    components: Components
  }
>
export type SignerEvent = SignerAttested | SigningOpened | SignerSigned

/** What a signature is bound to: the record's entry in the log. Hashes and digests: SHA-256, base64url. */
export interface SignedRecord {
  stream: string
  revision: number
  position: number
  eventId: string
  type: string
  /** Of the log entry: SHA-256(0x00 ‖ leaf), RFC 6962 §2.1. */
  leafHash: string
  /** Of the payload as stored. */
  payloadDigest: string
}

/** `jws`: compact, EdDSA, over a SignedStatement (signed-statement.ts). `attestation`: position of the signer's declaration. */
export type SignatureMade = DomainEvent<
  'signature.made',
  {
    signature: string
    record: SignedRecord
    meaning: SignatureMeaning
    signedAt: string
    attestation: number
    kid: string
    jws: string
  }
>

/** Ed25519 as RFC 8037 writes it. */
export interface PublicSignatureKey {
  kty: 'OKP'
  crv: 'Ed25519'
  x: string
  kid: string
}
/** A key signs from here on; the one in use before, if any, signs no more. */
export type SignatureKeyActivated = DomainEvent<
  'signature-key.activated',
  { key: PublicSignatureKey; replaces: string | null }
>
/** What the key signed at this position of the log or later is not trusted any more. */
export type SignatureKeyRevoked = DomainEvent<'signature-key.revoked', { kid: string; fromPosition: number }>
/**
 * The header's reason says why in a code, its actor who asks. What the key signed from a position behind us on shall not be trusted
 * either: `voids` signatures that hold so far. Nothing changes until somebody else agrees.
 */
export type SignatureKeyBackdatingRequested = DomainEvent<
  'signature-key.backdating-requested',
  { backdating: string; kid: string; fromPosition: number; voids: number }
>
/** `voids`: counted again when it was decided. */
export type SignatureKeyBackdatingDecided = DomainEvent<
  'signature-key.backdating-decided',
  { backdating: string; outcome: 'approved' | 'refused'; voids: number }
>
export type SignatureKeyEvent =
  SignatureKeyActivated | SignatureKeyRevoked | SignatureKeyBackdatingRequested | SignatureKeyBackdatingDecided

export const SIGNATURE_EVENT_TYPES = eventTypes<SignerEvent | SignatureMade | SignatureKeyEvent>({
  'signer.attested': {
    schema: 1,
    sealedUnder: 'identity',
    describe: (_data, header) =>
      `${header.actor.role} ${header.actor.id} declared that their electronic signatures bind them as handwritten ones do.`,
  },
  'signer.signing-opened': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `Somebody set out to sign revision ${data.revision} of ${data.stream} (${data.meaning}); ${data.components === 'all' ? 'identification and password' : 'the password'} will be asked for.`
        : 'Somebody set out to sign a record.',
  },
  'signer.signed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The signer authenticated (${data.components === 'all' ? 'all components' : 'one component'}) and signed.`
        : 'The signer authenticated and signed.',
  },
  'signature.made': {
    schema: 1,
    sealedUnder: null,
    describe: (data, header) =>
      data
        ? `${header.actor.role} ${header.actor.id} signed revision ${data.record.revision} of ${data.record.stream}: ${data.meaning}.`
        : `${header.actor.role} signed a record.`,
  },
  'signature-key.activated': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data ? `The key ${data.key.kid} signs from now on.` : 'A key behind electronic signatures came into use.',
  },
  'signature-key.revoked': {
    schema: 1,
    sealedUnder: null,
    describe: (data, header) =>
      data
        ? `The signature key ${data.kid} was revoked (${header.reason}) for whatever it signed from position ${data.fromPosition} on.`
        : 'A key behind electronic signatures was revoked.',
  },
  'signature-key.backdating-requested': {
    schema: 1,
    sealedUnder: null,
    describe: (data, header) =>
      data
        ? `It was asked to trust nothing that the signature key ${data.kid} signed from position ${data.fromPosition} on (${header.reason}); ${data.voids} signatures would be void.`
        : 'It was asked to revoke a signature key for what it signed already.',
  },
  'signature-key.backdating-decided': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `Revoking a signature key for what it signed already was ${data.outcome}, with ${data.voids} signatures at stake.`
        : 'Revoking a signature key for what it signed already was decided.',
  },
})
