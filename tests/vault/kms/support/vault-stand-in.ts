/** The transit engine as Vault's HTTP API shows it: token, keys with versions, AEAD with associated data, its errors. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { startStandIn, type Answer, type StandIn } from './stand-in.js'

export const STAND_IN_TOKEN = 'hvs.stand-in-token'

interface TransitKey {
  versions: Buffer[]
  minDecryption: number
}

const ok = (data?: object): Answer => (data ? { status: 200, body: { request_id: 'r', data } } : { status: 204 })
const refuse = (status: number, message: string): Answer => ({ status, body: { errors: [message] } })

/** @param mount path of the engine; one key, `twin-ledger`, exists */
export async function startVaultStandIn(mount: string): Promise<StandIn> {
  const keys = new Map<string, TransitKey>([['twin-ledger', { versions: [randomBytes(32)], minDecryption: 1 }]])
  return startStandIn('application/json', (request, body) => {
    if (request.headers['x-vault-token'] !== STAND_IN_TOKEN) return refuse(403, 'permission denied')
    const prefix = `/v1/${mount}/`
    if (!request.url!.startsWith(prefix)) return refuse(404, 'no handler for route')
    const [operation, name, action] = request.url!.slice(prefix.length).split('/')
    const key = keys.get(name!)
    if (!key) return operation === 'keys' ? refuse(404, 'no such key') : refuse(400, 'encryption key not found')
    switch (`${request.method} ${operation}${action ? `/${action}` : ''}`) {
      case 'GET keys':
        return ok({
          name,
          type: 'aes256-gcm96',
          latest_version: key.versions.length,
          min_decryption_version: key.minDecryption,
          keys: Object.fromEntries(key.versions.map((_, index) => [index + 1, 1_700_000_000 + index])),
        })
      case 'POST keys/rotate':
        key.versions.push(randomBytes(32))
        return ok()
      case 'POST keys/config':
        key.minDecryption = body.min_decryption_version as number
        return ok()
      case 'POST encrypt':
        return ok({ ciphertext: encrypt(key, body), key_version: key.versions.length })
      case 'POST decrypt':
        return decrypt(key, body)
      default:
        return refuse(405, 'unsupported operation')
    }
  })
}

const bytes = (value: unknown): Buffer => Buffer.from(String(value ?? ''), 'base64')

function encrypt(key: TransitKey, body: Record<string, unknown>): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key.versions.at(-1)!, nonce).setAAD(bytes(body.associated_data))
  const sealed = Buffer.concat([nonce, cipher.update(bytes(body.plaintext)), cipher.final(), cipher.getAuthTag()])
  return `vault:v${key.versions.length}:${sealed.toString('base64')}`
}

function decrypt(key: TransitKey, body: Record<string, unknown>): Answer {
  const [, version, text] = /^vault:v(\d+):(.+)$/.exec(String(body.ciphertext)) ?? []
  const secret = key.versions[Number(version) - 1]
  if (!secret) return refuse(400, 'invalid ciphertext: unable to decode')
  if (Number(version) < key.minDecryption) return refuse(400, 'ciphertext or signature version is disallowed by policy')
  const sealed = bytes(text)
  try {
    const decipher = createDecipheriv('aes-256-gcm', secret, sealed.subarray(0, 12)).setAAD(bytes(body.associated_data))
    decipher.setAuthTag(sealed.subarray(-16))
    const plaintext = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
    return ok({ plaintext: plaintext.toString('base64') })
  } catch {
    return refuse(400, 'cipher: message authentication failed')
  }
}
