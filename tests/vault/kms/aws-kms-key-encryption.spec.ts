import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { AwsKmsKeyEncryption } from '../../../src/vault/kms/aws-kms-key-encryption.js'
import { STAND_IN_KEY, startAwsKmsStandIn } from './support/aws-kms-stand-in.js'
import { describeKeyEncryption } from './key-encryption.contract.js'
import type { StandIn } from './support/stand-in.js'

const openOn = (endpoint: string, { keyId = STAND_IN_KEY, accessKeyId = 'STANDIN' } = {}) =>
  AwsKmsKeyEncryption.open({
    keyId,
    client: { endpoint, region: 'eu-central-1', credentials: { accessKeyId, secretAccessKey: 'stand-in-secret' } },
  })

describeKeyEncryption('a stand-in of AWS KMS', async () => {
  const standIn = await startAwsKmsStandIn()
  return {
    keyEncryption: await openOn(standIn.url),
    elsewhere: await openOn(standIn.url),
    forgetsRetired: false,
    close: standIn.close,
  }
})

const { AWS_KMS_KEY_ID: keyId } = process.env
if (keyId) {
  describeKeyEncryption('the AWS KMS key AWS_KMS_KEY_ID', async () => ({
    keyEncryption: await AwsKmsKeyEncryption.open({ keyId }),
    elsewhere: await AwsKmsKeyEncryption.open({ keyId }),
    forgetsRetired: false,
    close: async () => undefined,
  }))
} else {
  describe.skip('a real AWS KMS (set AWS_KMS_KEY_ID, and AWS_ENDPOINT_URL_KMS for a local one)', () => {
    it('does what every provider must', () => undefined)
  })
}

describe('an AWS KMS that does not answer as it should', () => {
  let standIn: StandIn
  let kek: AwsKmsKeyEncryption
  const dataKey = randomBytes(32)
  const kid = randomUUID()
  beforeAll(async () => {
    standIn = await startAwsKmsStandIn()
    kek = await openOn(standIn.url)
  })
  afterAll(() => standIn.close())

  it('is asked again when it fails for a moment', async () => {
    standIn.fail(1, 500)
    const { wrapped, wrappedBy } = await kek.wrap(dataKey, kid)
    expect(await kek.unwrap(wrapped, kid, wrappedBy)).toEqual(dataKey)
  })

  it('is unavailable, never wrong, while it goes on failing', async () => {
    const { wrapped, wrappedBy } = await kek.wrap(dataKey, kid)
    standIn.fail(4, 500)
    await expect(kek.unwrap(wrapped, kid, wrappedBy)).rejects.toMatchObject({ code: 'key-management-unavailable' })
    expect(await kek.unwrap(wrapped, kid, wrappedBy)).toEqual(dataKey)
  })

  it.each([
    ['credentials', { accessKeyId: 'SOMEBODY' }],
    ['key', { keyId: 'alias/nobodys' }],
  ])('refuses wrong %s, and the refusal tells no secret', async (_what, wrong) => {
    const other = await openOn(standIn.url, wrong)
    const error: unknown = await other.wrap(dataKey, kid).catch((failure: unknown) => failure)
    expect(error).toMatchObject({ code: 'key-management-refused' })
    const told = JSON.stringify(error) + String((error as Error).stack)
    for (const secret of ['stand-in-secret', 'arn:aws', dataKey.toString('base64')]) expect(told).not.toContain(secret)
  })
})
