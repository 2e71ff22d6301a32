/**
 * A key of the transit engine of HashiCorp Vault or OpenBao, of an AEAD type such as aes256-gcm96. Ids are
 * `vault-transit:<mount>/<key>:v<version>`; they name the key that opens, whatever key is configured now.
 */
import type { KeyEncryption, WrappedKey } from '../key-encryption.js'
import { providerUnavailable, unwrapFailed } from './provider-errors.js'
import { VAULT_PROVIDER, VaultClient, type VaultConnection } from './vault-client.js'

export interface VaultTransitOptions extends VaultConnection {
  /** Where the engine is mounted, without slashes at the ends. */
  mount: string
  /** Name of the key. */
  key: string
}

const ID = /^vault-transit:(.+)\/([^/]+):v(\d+)$/
const CIPHERTEXT = /^vault:v(\d+):[A-Za-z0-9+/]+=*$/

export class VaultTransitKeyEncryption implements KeyEncryption {
  readonly provider = VAULT_PROVIDER
  private readonly vault: VaultClient

  constructor(private readonly options: VaultTransitOptions) {
    this.vault = new VaultClient(options)
  }

  async currentId(): Promise<string> {
    const { mount, key } = this.options
    const { latest_version } = await this.vault.request('GET', `${mount}/keys/${key}`)
    if (!Number.isInteger(latest_version)) throw unexpected()
    return this.id(latest_version as number)
  }

  async wrap(dataKey: Buffer, keyId: string): Promise<WrappedKey> {
    const { mount, key } = this.options
    const { ciphertext } = await this.vault.request('POST', `${mount}/encrypt/${key}`, {
      plaintext: dataKey.toString('base64'),
      associated_data: base64(keyId),
    })
    const [, version] = CIPHERTEXT.exec(String(ciphertext)) ?? []
    if (version === undefined) throw unexpected()
    return {
      wrapped: Buffer.from(String(ciphertext), 'latin1'),
      wrappedBy: this.id(Number(version)),
      algorithm: VAULT_PROVIDER,
    }
  }

  async unwrap(wrapped: Buffer, keyId: string, wrappedBy: string): Promise<Buffer> {
    const [, mount, key] = ID.exec(wrappedBy) ?? []
    if (mount === undefined || key === undefined) throw unwrapFailed(wrappedBy)
    const body = { ciphertext: wrapped.toString('latin1'), associated_data: base64(keyId) }
    const { plaintext } = await this.vault.request('POST', `${mount}/decrypt/${key}`, body, () =>
      unwrapFailed(wrappedBy),
    )
    if (typeof plaintext !== 'string') throw unexpected()
    return Buffer.from(plaintext, 'base64')
  }

  async rotate(): Promise<string> {
    const { mount, key } = this.options
    await this.vault.request('POST', `${mount}/keys/${key}/rotate`)
    return this.currentId()
  }

  /** Vault retires versions from the oldest on: one minimum holds for all. */
  async retire(id: string, inUse: readonly string[]): Promise<string> {
    const [, mount, key, version] = ID.exec(id) ?? []
    if (mount === undefined || key === undefined) throw unwrapFailed(id)
    const older = inUse.some((other) => {
      const [, itsMount, itsKey, itsVersion] = ID.exec(other) ?? []
      return itsMount === mount && itsKey === key && Number(itsVersion) < Number(version)
    })
    if (older) return 'Vault keeps it for now: an older version is still in use. Retire that one, then this one again.'
    if (mount !== this.options.mount || key !== this.options.key)
      return 'Delete the key in Vault when nobody else uses it.'
    await this.vault.request('POST', `${mount}/keys/${key}/config`, { min_decryption_version: Number(version) + 1 })
    return 'Vault opens nothing of this version any more (min_decryption_version); trim the key to delete it for good.'
  }

  private id(version: number): string {
    return `${VAULT_PROVIDER}:${this.options.mount}/${this.options.key}:v${version}`
  }
}

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64')

const unexpected = () => providerUnavailable(VAULT_PROVIDER, 'an answer of another form')
