/** What the configuration says of transfers and of security (GDPR Art 30(1)(e), (g), Art 32). */
import type { Configuration } from '../platform/configuration.js'

type Settings = Pick<
  Configuration,
  | 'awsKmsKeyId'
  | 'eventStoreUrl'
  | 'keyManagement'
  | 'oidc'
  | 'requestsPerMinute'
  | 'requestTimeoutSeconds'
  | 'vaultTransit'
>

/** Services outside of this one that are configured. Whether one lies in a third country is for the controller to state. */
export function transfersOf({ awsKmsKeyId, eventStoreUrl, oidc, vaultTransit }: Settings): string[] {
  return [
    ...(awsKmsKeyId === undefined ? [] : ['AWS KMS: wrapped keys, no personal data']),
    ...(vaultTransit === undefined ? [] : ['HashiCorp Vault: wrapped keys, no personal data']),
    ...(eventStoreUrl === undefined ? [] : ['KurrentDB: events, with payloads of persons as ciphertext']),
    ...(oidc === undefined ? [] : ['identity provider: who signs in']),
  ]
}

export function securityMeasures({ keyManagement, requestsPerMinute, requestTimeoutSeconds }: Settings): string[] {
  return [
    'Values of persons are sealed with AES-256-GCM under a key of the person and the class of data.',
    `Those keys are wrapped by a key-encryption key (${keyManagement}); destroying them forgets the person.`,
    'Every event is in an RFC 6962 Merkle log under a signed checkpoint.',
    'Every read of values and every refusal is an event.',
    'Access is denied unless one policy table allows it; readers see coded data by default.',
    `Requests are limited to ${requestsPerMinute.caller} a minute and caller, and to ${requestTimeoutSeconds} seconds.`,
  ]
}
