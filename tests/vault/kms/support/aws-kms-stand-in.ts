/** AWS KMS as its JSON 1.1 protocol shows it: targets, base64 blobs, signed requests, named errors, key material that rotates. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { startStandIn, type Answer, type StandIn } from './stand-in.js'

export const STAND_IN_KEY = 'alias/twin-ledger'
const ARN = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'

interface Material {
  id: string
  secret: Buffer
}

const refuse = (type: string): Answer => ({ status: 400, body: { __type: type, message: `${type} of ${ARN}` } })
const newMaterial = (): Material => ({ id: randomBytes(32).toString('hex'), secret: randomBytes(32) })

export async function startAwsKmsStandIn(): Promise<StandIn> {
  const materials = [newMaterial()]
  return startStandIn('application/x-amz-json-1.1', (request, body) => {
    const { authorization = '', 'content-type': type, 'x-amz-target': target } = request.headers
    if (type !== 'application/x-amz-json-1.1') return refuse('SerializationException')
    if (
      !/^AWS4-HMAC-SHA256 Credential=STANDIN\/\d{8}\/eu-central-1\/kms\/aws4_request, .*Signature=/.test(authorization)
    )
      return refuse('UnrecognizedClientException')
    if (![STAND_IN_KEY, ARN].includes(String(body.KeyId))) return refuse('NotFoundException')
    const current = materials.at(-1)!
    switch (target) {
      case 'TrentService.DescribeKey':
        return ok({ KeyMetadata: { KeyId: ARN, Arn: ARN, Enabled: true, CurrentKeyMaterialId: current.id } })
      case 'TrentService.RotateKeyOnDemand':
        if (body.KeyId !== ARN) return refuse('InvalidArnException')
        materials.push(newMaterial())
        return ok({ KeyId: ARN })
      case 'TrentService.Encrypt':
        return ok({ KeyId: ARN, CiphertextBlob: encrypt(current, body), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' })
      case 'TrentService.Decrypt':
        return decrypt(materials, body)
      default:
        return refuse('UnknownOperationException')
    }
  })
}

const ok = (body: object): Answer => ({ status: 200, body })

/** The encryption context, whatever the order of its members. */
const context = (body: Record<string, unknown>): Buffer =>
  Buffer.from(JSON.stringify(Object.entries((body.EncryptionContext ?? {}) as Record<string, string>).sort()))

function encrypt({ id, secret }: Material, body: Record<string, unknown>): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(context(body))
  const text = Buffer.from(String(body.Plaintext), 'base64')
  const parts = [Buffer.from(id, 'hex'), nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]
  return Buffer.concat(parts).toString('base64')
}

function decrypt(materials: readonly Material[], body: Record<string, unknown>): Answer {
  const blob = Buffer.from(String(body.CiphertextBlob), 'base64')
  const material = materials.find(({ id }) => id === blob.subarray(0, 32).toString('hex'))
  if (!material) return refuse('InvalidCiphertextException')
  try {
    const decipher = createDecipheriv('aes-256-gcm', material.secret, blob.subarray(32, 44)).setAAD(context(body))
    decipher.setAuthTag(blob.subarray(-16))
    const text = Buffer.concat([decipher.update(blob.subarray(44, -16)), decipher.final()])
    return ok({ KeyId: ARN, Plaintext: text.toString('base64'), KeyMaterialId: material.id })
  } catch {
    return refuse('InvalidCiphertextException')
  }
}
