import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type JSONWebKeySet, type JWK } from 'jose'
import { readOrCreateSecretFile, replaceSecretFile } from '../../platform/secret-file.js'

export const SIGNING_ALGORITHM = 'ES256'

/** A private signing key as a JWK (RFC 7517). */
export interface SigningKey extends JWK {
  kid: string
  kty: string
}

/** The issuer's signing keys, kept in one file of the data directory; the newest signs, all are published. */
export class SigningKeys {
  private readonly path: string
  private keys: SigningKey[]

  constructor(dataDirectory: string) {
    this.path = join(dataDirectory, 'signing-keys.json')
    this.keys = parse(readOrCreateSecretFile(this.path, () => serialise([generate()])))
  }

  /** Newest first. */
  all(): readonly SigningKey[] {
    return this.keys
  }

  newest(): SigningKey {
    return this.keys[0] as SigningKey
  }

  /** The public halves, as published. */
  published(): JSONWebKeySet {
    return { keys: this.keys.map(({ d: _private, ...publicPart }) => publicPart) }
  }

  /** Adds a key that signs from now on; tokens under the earlier ones still verify. */
  rotate(): void {
    const keys = [generate(), ...this.keys]
    replaceSecretFile(this.path, serialise(keys))
    this.keys = keys
  }
}

function generate(): SigningKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { kty, crv, x, y, d } = privateKey.export({ format: 'jwk' })
  return {
    kty: kty as string,
    crv,
    x,
    y,
    d,
    use: 'sig',
    alg: SIGNING_ALGORITHM,
    kid: randomBytes(12).toString('base64url'),
  }
}

function serialise(keys: readonly SigningKey[]): string {
  return JSON.stringify({ keys }, null, 2)
}

function parse(text: string): SigningKey[] {
  return (JSON.parse(text) as { keys: SigningKey[] }).keys
}
