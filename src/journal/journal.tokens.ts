/** Injection tokens of what the ledger is made of. */

/** pg.Pool of the service role. */
export const SERVICE_POOL = Symbol('twin-ledger:service-pool')
/** EventStore. */
export const EVENT_STORE = Symbol('twin-ledger:event-store')
/** NoteSigner of the checkpoints. */
export const LOG_SIGNER = Symbol('twin-ledger:log-signer')
