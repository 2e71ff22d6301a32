import { createServer, type Server } from 'node:http'
import { type AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'

interface SigningPair {
  kid: string
  alg: string
  privateKey: CryptoKey
  publicJwk: JWK
}

export interface TokenChanges {
  claims?: JWTPayload
  typ?: string
  /** Seconds since the epoch. */
  issuedAt?: number
  expiresAt?: number
}

/** An issuer over real HTTP on loopback: discovery document, JWKS, keys that rotate, an endpoint that can go away. */
export class TestIssuer {
  readonly audience = 'twin-ledger-test'
  jwksRequests = 0
  private pairs: SigningPair[] = []
  private server: Server | undefined
  private port = 0

  static async start(): Promise<TestIssuer> {
    const issuer = new TestIssuer()
    await issuer.rotate()
    await issuer.listen()
    return issuer
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  get jwksUri(): string {
    return `${this.url}/jwks`
  }

  get currentKey(): SigningPair {
    return this.pairs[0] as SigningPair
  }

  get publishedKeys(): { keys: JWK[] } {
    return { keys: this.pairs.map(({ publicJwk }) => publicJwk) }
  }

  async listen(): Promise<void> {
    this.server = createServer((request, response) => {
      response.setHeader('content-type', 'application/json')
      if (request.url === '/.well-known/openid-configuration') {
        response.end(JSON.stringify({ issuer: this.url, jwks_uri: this.jwksUri }))
        return
      }
      this.jwksRequests += 1
      response.end(JSON.stringify(this.publishedKeys))
    })
    await new Promise<void>((resolve) => this.server?.listen(this.port, '127.0.0.1', resolve))
    this.port = (this.server.address() as AddressInfo).port
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections()
    await new Promise((resolve) => this.server?.close(resolve))
  }

  /** Publishes and signs with a new key. */
  async rotate(alg = 'ES256'): Promise<void> {
    this.pairs.unshift(await signingPair(alg))
  }

  /** The claims of an access token as this issuer writes them. */
  claims(changes: JWTPayload = {}): JWTPayload {
    return { iss: this.url, aud: this.audience, sub: 'user-1', jti: 'token-1', role: 'steward', ...changes }
  }

  async token(
    { claims, typ = 'at+jwt', issuedAt, expiresAt }: TokenChanges = {},
    pair = this.currentKey,
  ): Promise<string> {
    const now = Math.floor(Date.now() / 1000)
    return new SignJWT(this.claims(claims))
      .setProtectedHeader({ alg: pair.alg, kid: pair.kid, typ })
      .setIssuedAt(issuedAt ?? now)
      .setExpirationTime(expiresAt ?? now + 300)
      .sign(pair.privateKey)
  }
}

export async function signingPair(alg = 'ES256', kid: string = crypto.randomUUID()): Promise<SigningPair> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  return { kid, alg, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } }
}
