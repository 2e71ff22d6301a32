import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { CUSTODY_STREAM } from '../../src/custody/events.js'
import type { ListedKeyEncryptionKey } from '../../src/custody/queries/list-key-encryption-keys.js'
import { EVENT_STORE } from '../../src/journal/journal.tokens.js'
import type { EventStore } from '../../src/ledger/event-store.js'
import { Vault } from '../../src/vault/vault.js'
import { startTestService, type TestService } from '../support/test-service.js'

const PATH = '/api/v1/key-encryption-keys'

describe('the keys that wrap the keys of persons', () => {
  let service: TestService
  let vault: Vault
  const post = (as: string, path: string, body: object = {}) =>
    service.request(as, `${PATH}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const list = async (): Promise<ListedKeyEncryptionKey[]> =>
    (await (await service.request('qa', PATH)).json()) as ListedKeyEncryptionKey[]
  beforeAll(async () => {
    service = await startTestService()
    vault = service.service.app.get(Vault)
    for (let n = 0; n < 5; n++) await vault.sealingKey(randomUUID(), 'identity')
  })
  afterAll(() => service.stop())

  // proves TL-VLT-007
  it('are rotated, carried over and let go while the service runs, each act on record with who did it', async () => {
    const [first] = await list()
    expect(first).toMatchObject({ state: 'current', keys: 5, retiredAt: null })
    const { from, to } = (await (await post('administrator', '/rotations')).json()) as { from: string; to: string }
    expect(from).toBe(first!.id)

    const early = await post('administrator', '/retirements', { key: from })
    expect([early.status, await early.json()]).toEqual([
      409,
      expect.objectContaining({ code: 'key-encryption-key-in-use', keys: 5 }),
    ])
    const half = await (await post('administrator', '/rewrapping', { limit: 3 })).json()
    expect(half).toMatchObject({ to, rewrapped: 3, failed: [], remaining: 2, next: expect.any(String) })
    const rest = await (await post('administrator', '/rewrapping', { after: (half as { next: string }).next })).json()
    expect(rest).toMatchObject({ rewrapped: 2, remaining: 0, next: null })
    expect((await post('administrator', '/retirements', { key: from })).status).toBe(200)
    expect((await list()).map(({ id, state, keys }) => [id, state, keys])).toEqual([
      [from, 'retired', 0],
      [to, 'current', 5],
    ])
    await expect(vault.sealingKey(randomUUID(), 'identity')).resolves.toBeDefined()

    const acts = await service.service.app.get<EventStore>(EVENT_STORE).readStream(CUSTODY_STREAM)
    expect(acts.map(({ header }) => [header.type, header.actor.role])).toEqual(
      ['custody.key-rotated', 'custody.keys-rewrapped', 'custody.keys-rewrapped', 'custody.key-retired'].map((type) => [
        type,
        'administrator',
      ]),
    )
    expect(JSON.parse(acts[1]!.payload!.toString())).toEqual({ to, rewrapped: 3, failed: 0, remaining: 2 })
  })

  it('are looked at by those who review, and changed by the administrator alone', async () => {
    for (const reviewer of ['compliance', 'regulator']) expect((await service.request(reviewer, PATH)).status).toBe(200)
    expect((await service.request('investigator', PATH)).status).toBe(403)
    for (const act of ['/rotations', '/rewrapping']) expect((await post('qa', act)).status).toBe(403)
    expect((await post('administrator', '/retirements', { key: 'file:none' })).status).toBe(404)
  })

  it('show in readiness', async () => {
    const { checks } = (await (await fetch(`${service.url}/health/ready`)).json()) as { checks: Record<string, object> }
    expect(checks['key-management']).toEqual({ ok: true })
  })
})
