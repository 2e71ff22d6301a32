/**
 * A symmetric key of AWS KMS, through AWS's own client, which finds region, credentials and endpoint by itself. Ids are
 * `aws-kms:<key ARN>#<id of the key material>`: a rotation keeps the ARN and changes the material. Services that do not name the
 * material, such as some local ones, have ids without it.
 */
import type { DecryptCommandOutput, KMSClient, KMSClientConfig } from '@aws-sdk/client-kms'
import { setTimeout as delay } from 'node:timers/promises'
import type { KeyEncryption, WrappedKey } from '../key-encryption.js'
import { providerRefused, providerUnavailable, unwrapFailed } from './provider-errors.js'

export interface AwsKmsOptions {
  /** Id, ARN or alias of the key. */
  keyId: string
  /** What the client shall not find by itself. */
  client?: KMSClientConfig
}

type Kms = typeof import('@aws-sdk/client-kms')

const PROVIDER = 'aws-kms'
const ID = /^aws-kms:([^#]+)(?:#.*)?$/
const WRONG_CIPHERTEXT = new Set(['InvalidCiphertextException', 'IncorrectKeyException'])
const REFUSALS =
  /^(AccessDenied|NotFound|Disabled|KMSInvalidState|KeyUnavailable|InvalidArn|InvalidKeyUsage|UnrecognizedClient|InvalidSignature|InvalidClientTokenId|ExpiredToken|IncompleteSignature|MissingAuthenticationToken|CredentialsProviderError|UnsupportedOperation|LimitExceeded|Validation)/
/** KMS rotates a moment after it was asked to. */
const ROTATION_LOOKS = 20
const ROTATION_PAUSE_MS = 250

export class AwsKmsKeyEncryption implements KeyEncryption {
  readonly provider = PROVIDER

  private constructor(
    private readonly kms: Kms,
    private readonly client: KMSClient,
    private readonly keyId: string,
  ) {}

  /** Loads AWS's client, which costs what other providers need not pay. */
  static async open({ keyId, client }: AwsKmsOptions): Promise<AwsKmsKeyEncryption> {
    const kms = await import('@aws-sdk/client-kms')
    const requestHandler = { connectionTimeout: 2_000, requestTimeout: 2_000 }
    return new AwsKmsKeyEncryption(kms, new kms.KMSClient({ maxAttempts: 4, requestHandler, ...client }), keyId)
  }

  async currentId(): Promise<string> {
    const { KeyMetadata } = await this.asked(
      () => this.client.send(new this.kms.DescribeKeyCommand({ KeyId: this.keyId })),
      this.keyId,
    )
    if (KeyMetadata?.Arn === undefined) throw providerUnavailable(PROVIDER, 'an answer of another form')
    if (KeyMetadata.Enabled === false) throw providerRefused(PROVIDER, 'DisabledException')
    return idOf(KeyMetadata.Arn, KeyMetadata.CurrentKeyMaterialId)
  }

  async wrap(dataKey: Buffer, keyId: string): Promise<WrappedKey> {
    const { CiphertextBlob, KeyId } = await this.asked(
      () =>
        this.client.send(
          new this.kms.EncryptCommand({ KeyId: this.keyId, Plaintext: dataKey, EncryptionContext: contextOf(keyId) }),
        ),
      this.keyId,
    )
    if (CiphertextBlob === undefined || KeyId === undefined)
      throw providerUnavailable(PROVIDER, 'an answer of another form')
    const wrapped = Buffer.from(CiphertextBlob)
    // Only opening it again says which key material it is under; and nothing rests that was never seen to open.
    const { KeyMaterialId } = await this.decrypt(wrapped, keyId, idOf(KeyId, undefined))
    return { wrapped, wrappedBy: idOf(KeyId, KeyMaterialId), algorithm: 'aws-kms:SYMMETRIC_DEFAULT' }
  }

  async unwrap(wrapped: Buffer, keyId: string, wrappedBy: string): Promise<Buffer> {
    const { Plaintext } = await this.decrypt(wrapped, keyId, wrappedBy)
    if (Plaintext === undefined) throw providerUnavailable(PROVIDER, 'an answer of another form')
    return Buffer.from(Plaintext)
  }

  async rotate(): Promise<string> {
    const before = await this.currentId()
    const arn = arnOf(before)
    await this.asked(() => this.client.send(new this.kms.RotateKeyOnDemandCommand({ KeyId: arn })), before)
    let current = before
    for (let look = 0; look < ROTATION_LOOKS && current === before; look++) {
      if (look > 0) await delay(ROTATION_PAUSE_MS)
      current = await this.currentId()
    }
    return current
  }

  async retire(): Promise<string> {
    return 'KMS keeps earlier key material as long as the key exists; schedule the deletion of a key that nothing uses any more.'
  }

  private decrypt(wrapped: Buffer, keyId: string, wrappedBy: string): Promise<DecryptCommandOutput> {
    const arn = arnOf(wrappedBy)
    return this.asked(
      () =>
        this.client.send(
          new this.kms.DecryptCommand({ KeyId: arn, CiphertextBlob: wrapped, EncryptionContext: contextOf(keyId) }),
        ),
      wrappedBy,
    )
  }

  /** AWS's errors quote keys, accounts and users: only their names go on. */
  private async asked<T>(request: () => Promise<T>, wrappedBy: string): Promise<T> {
    try {
      return await request()
    } catch (error) {
      const { name } = error as Error
      if (WRONG_CIPHERTEXT.has(name)) throw unwrapFailed(wrappedBy)
      if (REFUSALS.test(name)) throw providerRefused(PROVIDER, name)
      throw providerUnavailable(PROVIDER, name)
    }
  }
}

const contextOf = (keyId: string) => ({ 'twin-ledger-key': keyId })

const idOf = (arn: string, material: string | undefined): string =>
  `${PROVIDER}:${arn}${material === undefined ? '' : `#${material}`}`

function arnOf(id: string): string {
  const [, arn] = ID.exec(id) ?? []
  if (arn === undefined) throw unwrapFailed(id)
  return arn
}
