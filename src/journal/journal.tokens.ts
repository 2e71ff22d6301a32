/** Injection tokens of what the ledger is made of. */

/** pg.Pool of the service role. */
export const SERVICE_POOL = Symbol('twin-ledger:service-pool')
/** EventStore. */
export const EVENT_STORE = Symbol('twin-ledger:event-store')
/** KeyEncryption: what wraps the keys of persons. */
export const KEY_ENCRYPTION = Symbol('twin-ledger:key-encryption')
/** NoteSigner of the checkpoints. */
export const LOG_SIGNER = Symbol('twin-ledger:log-signer')
