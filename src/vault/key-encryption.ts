/** The port to whatever holds the key-encryption key: a file by default, a key management service in production. */
export interface KeyEncryption {
  /** Names the key that wraps now; stored beside each wrapped key. */
  readonly id: string
  /** @param keyId bound to the wrapped key, so that one cannot stand in for another */
  wrap(dataKey: Buffer, keyId: string): Promise<Buffer>
  /** @throws IntegrityError `key-unwrap-failed` */
  unwrap(wrapped: Buffer, keyId: string, wrappedBy: string): Promise<Buffer>
}
