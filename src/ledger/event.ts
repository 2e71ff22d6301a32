/** The event envelope: what goes into the log and may be shown to a witness, and the payload that lies beside it. */

/** Who acted: a pseudonymous id, the role it acted in and, where known, its organisation. */
export interface Actor {
  id: string
  role: string
  org?: string
}

/** Digest and sealing of the stored payload bytes. `digest` covers exactly what is stored, so a destroyed key breaks no proof. */
export interface PayloadReference {
  alg: 'sha-256'
  /** base64url of the SHA-256 of the stored bytes. */
  digest: string
  /** Stored bytes. */
  size: number
  /** Present when the payload is a JWE under a subject's key. */
  enc?: 'A256GCM'
  kid?: string
}

/** The whitelist of header fields. Codes and random ids only; nothing a person typed. */
export interface EventHeader {
  /** UUIDv4, the idempotency key of the append. */
  id: string
  /** `<category>-<uuid>`; never derived from a person. */
  stream: string
  /** 0, 1, 2 … in the stream, dense. */
  revision: number
  /** `<category>.<what-happened>`, e.g. `twin.observation-recorded`. */
  type: string
  /** Version of the payload's schema; older ones are upcast on read. */
  schema: number
  /** Server clock, RFC 3339, UTC, milliseconds. */
  recordedAt: string
  actor: Actor
  /** v3-ActReason code. */
  purpose?: string
  /** Reason code. */
  reason?: string
  /** Random id of the person concerned. */
  subject?: string
  /** Random id of the trial. */
  trial?: string
  correlation: string
  causation?: string
  payload: PayloadReference
}

/** What a caller proposes: a header without the fields that only the store can assign, and the payload's stored bytes. */
export interface ProposedEvent {
  header: Omit<EventHeader, 'revision' | 'recordedAt' | 'stream'>
  payload: Buffer
}

/** An event as stored. `payload` is null once the ciphertext was deleted, or when the reader did not ask for payloads. */
export interface StoredEvent {
  position: number
  header: EventHeader
  /** The canonical bytes whose hash is in the tree. */
  leaf: Buffer
  payload: Buffer | null
}
