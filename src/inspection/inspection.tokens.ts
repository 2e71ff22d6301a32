/** Injection tokens: the log of this service as its readers see it, and the key it is verified with. */
export const LOG_SOURCE = Symbol('twin-ledger:log-source')
export const LOG_VKEY = Symbol('twin-ledger:log-vkey')
