/** The key-encryption keys as configured: the provider that wraps, and every other one that is configured, to open. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Configuration } from '../../platform/configuration.js'
import { keysFolder } from '../../platform/data-folder.js'
import type { KeyEncryption } from '../key-encryption.js'
import { AwsKmsKeyEncryption } from './aws-kms-key-encryption.js'
import { FileKeyEncryption } from './file-key-encryption.js'
import { ProviderSuccession } from './provider-succession.js'
import { VaultTransitKeyEncryption } from './vault-transit-key-encryption.js'

/** @throws ConfigurationError the key file holds something else; no provider is asked yet */
export async function openKeyEncryption(configuration: Configuration): Promise<KeyEncryption> {
  const { keyManagement, vaultTransit, awsKmsKeyId } = configuration
  const path = configuration.keyEncryptionKeyFile ?? join(keysFolder(configuration), 'key-encryption-key')
  const opened: KeyEncryption[] = []
  if (keyManagement === 'file' || existsSync(path)) opened.push(FileKeyEncryption.open(path))
  if (vaultTransit) opened.push(new VaultTransitKeyEncryption(vaultTransit))
  if (awsKmsKeyId !== undefined) opened.push(await AwsKmsKeyEncryption.open({ keyId: awsKmsKeyId }))
  const current = opened.find(({ provider }) => provider === keyManagement)!
  const former = opened.filter((provider) => provider !== current)
  return former.length === 0 ? current : new ProviderSuccession(current, former)
}
