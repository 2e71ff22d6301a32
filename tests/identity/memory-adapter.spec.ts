import { beforeEach, describe, expect, it } from '@jest/globals'
import { type AdapterFactory } from 'oidc-provider'
import { createMemoryAdapter } from '../../src/identity/evaluation-issuer/memory-adapter.js'

describe('what the evaluation issuer keeps in memory', () => {
  let time: number
  let adapter: AdapterFactory
  beforeEach(() => {
    time = 1_000_000
    adapter = createMemoryAdapter(() => time)
  })

  it('is found by id, by uid and by user code, in its own model alone', async () => {
    const session = { uid: 'uid-1', userCode: 'code-1' }
    await adapter('Session').upsert('1', session, 60)
    await expect(adapter('Session').find('1')).resolves.toBe(session)
    await expect(adapter('Session').findByUid('uid-1')).resolves.toBe(session)
    await expect(adapter('Session').findByUserCode('code-1')).resolves.toBe(session)
    await expect(adapter('Grant').find('1')).resolves.toBeUndefined()
    await expect(adapter('Grant').findByUid('uid-1')).resolves.toBeUndefined()
  })

  it('is gone after its time', async () => {
    await adapter('Session').upsert('1', { uid: 'uid-1' }, 60)
    time += 60_000
    await expect(adapter('Session').find('1')).resolves.toBeUndefined()
    await expect(adapter('Session').findByUid('uid-1')).resolves.toBeUndefined()
  })

  it('remembers that a code was used', async () => {
    await adapter('AuthorizationCode').upsert('1', {}, 60)
    await adapter('AuthorizationCode').consume('1')
    await expect(adapter('AuthorizationCode').find('1')).resolves.toMatchObject({ consumed: 1000 })
  })

  it('loses the codes of a revoked grant and keeps the sign-in that replaces it', async () => {
    await adapter('AuthorizationCode').upsert('1', { grantId: 'grant-1' }, 60)
    await adapter('AuthorizationCode').upsert('2', { grantId: 'grant-2' }, 60)
    await adapter('Interaction').upsert('3', { grantId: 'grant-1' }, 60)
    await adapter('AuthorizationCode').revokeByGrantId('grant-1')
    await expect(adapter('AuthorizationCode').find('1')).resolves.toBeUndefined()
    await expect(adapter('AuthorizationCode').find('2')).resolves.toBeDefined()
    await expect(adapter('Interaction').find('3')).resolves.toBeDefined()
  })

  it('cannot be filled without end: the oldest goes first', async () => {
    const interactions = adapter('Interaction')
    for (let count = 0; count <= 10_000; count += 1) await interactions.upsert(String(count), {}, 600)
    await expect(interactions.find('0')).resolves.toBeUndefined()
    await expect(interactions.find('1')).resolves.toBeDefined()
    await expect(interactions.find('10000')).resolves.toBeDefined()
  })
})
