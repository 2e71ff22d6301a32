/** The port to whatever holds the key-encryption key: a file by default, a key management service in production. */

/** A data key as it rests in the database. */
export interface WrappedKey {
  wrapped: Buffer
  /** Provider, key and version that wrapped it, e.g. `file:0f3a…` or `vault-transit:transit/twin-ledger:v3`. */
  wrappedBy: string
  /** How, e.g. `A256GCM`. */
  algorithm: string
}

export interface KeyEncryption {
  /** What the ids of this provider's keys begin with, before the first colon. */
  readonly provider: string
  /** Id of the key version that wraps now. Asks the provider. */
  currentId(): Promise<string>
  /**
   * Under the newest version.
   *
   * @param dataKey 32 bytes
   * @param keyId bound to the wrapped key, so that one cannot stand in for another
   * @throws Unavailable `key-management-unavailable`; `key-management-refused`: credentials, permissions or the key's name are wrong
   */
  wrap(dataKey: Buffer, keyId: string): Promise<WrappedKey>
  /**
   * Under whichever version wrapped it, as long as that was not retired.
   *
   * @throws IntegrityError `key-unwrap-failed`: altered, of another key id, or wrapped by a key that is not there
   * @throws Unavailable `key-management-unavailable`, `key-management-refused`: says nothing about the wrapped key
   */
  unwrap(wrapped: Buffer, keyId: string, wrappedBy: string): Promise<Buffer>
  /** Adds a version that wraps from now on; earlier ones still unwrap. Returns its id. */
  rotate(): Promise<string>
  /**
   * Lets go of a version under which nothing is wrapped any more, where the provider can.
   *
   * @param inUse ids under which keys are still wrapped
   * @returns one sentence for the operator: what was done, and what is left to do
   */
  retire(id: string, inUse: readonly string[]): Promise<string>
}
