/** One provider that wraps, and others that still open what they wrapped, until everything is wrapped anew. */
import type { KeyEncryption, WrappedKey } from '../key-encryption.js'
import { unwrapFailed } from './provider-errors.js'

export class ProviderSuccession implements KeyEncryption {
  readonly provider: string

  constructor(
    private readonly current: KeyEncryption,
    private readonly former: readonly KeyEncryption[],
  ) {
    this.provider = current.provider
  }

  currentId(): Promise<string> {
    return this.current.currentId()
  }

  wrap(dataKey: Buffer, keyId: string): Promise<WrappedKey> {
    return this.current.wrap(dataKey, keyId)
  }

  async unwrap(wrapped: Buffer, keyId: string, wrappedBy: string): Promise<Buffer> {
    const provider = this.providerOf(wrappedBy)
    if (!provider) throw unwrapFailed(wrappedBy)
    return provider.unwrap(wrapped, keyId, wrappedBy)
  }

  rotate(): Promise<string> {
    return this.current.rotate()
  }

  async retire(id: string, inUse: readonly string[]): Promise<string> {
    return (await this.providerOf(id)?.retire(id, inUse)) ?? 'Its provider is not configured here any more.'
  }

  private providerOf(id: string): KeyEncryption | undefined {
    return [this.current, ...this.former].find(({ provider }) => id.startsWith(`${provider}:`))
  }
}
