import { randomBytes, randomUUID } from 'node:crypto'
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { verifyDatabase } from '../../src/ledger/postgres/verify-database.js'
import { DerivedSecrets } from '../../src/vault/derived-secrets.js'
import { FileKeyEncryption } from '../../src/vault/kms/file-key-encryption.js'
import { IdentifierIndex } from '../../src/vault/identifier-index.js'
import { createTestDatabase, type TestDatabase } from '../support/test-database.js'
import { testSigner } from '../support/test-store.js'
import { backUp, type BackedUp } from './support/backup.js'
import { openCustody, type Custody } from './support/custody.js'

describe('a person who was erased', () => {
  let db: TestDatabase
  let folder: string
  let tombstoneFile: string
  let custody: Custody
  const secrets = new DerivedSecrets(randomBytes(32))

  /** Another process, or this one after a restart: nothing in memory. */
  const start = async (withFile = false) => {
    await custody?.close()
    const keyEncryption = FileKeyEncryption.open(join(folder, 'kek'))
    custody = await openCustody(db, { keyEncryption, secrets, ...(withFile && { tombstoneFile }) })
    await custody.vault.assertKeysOpen()
    return custody.destruction.replay()
  }
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'twin-ledger-restore-'))
    tombstoneFile = join(folder, 'tombstones')
  })
  beforeEach(async () => {
    db = await createTestDatabase()
    await start()
  })
  afterEach(async () => {
    await custody.close()
    await db.drop()
  })
  afterAll(() => rm(folder, { recursive: true }))

  /** A person with two records, one of which is erased after a back-up of these schemas, which is then restored. */
  const eraseAndRestore = async (schemas: readonly BackedUp[], withFile = false) => {
    await start(withFile)
    const subject = randomUUID()
    const erased = await custody.note(subject, 'identity', 'Ada')
    const kept = await custody.note(subject, 'trial-record', 'responder')
    const other = await custody.note(randomUUID(), 'identity', 'Grace')
    const restore = await backUp(db, schemas)
    await custody.erase(subject, ['identity'])
    await custody.note(randomUUID(), 'identity', 'later')
    await custody.destruction.sweep()
    await restore()
    return { subject, erased, kept, other, replay: await start(withFile) }
  }
  const expectForgotten = async ({ subject, erased, kept, other }: Awaited<ReturnType<typeof eraseAndRestore>>) => {
    expect(await custody.read(erased)).toBe('erased')
    expect(await custody.holdsCiphertext(erased)).toBe(false)
    expect([await custody.read(kept), await custody.read(other)]).toEqual(['responder', 'Grace'])
    await expect(custody.note(subject, 'identity', 'again')).rejects.toMatchObject({ code: 'subject-erased' })
    expect(await verifyDatabase(db.ownerPool, { vkey: testSigner.vkey })).toMatchObject({ deleted: 1 })
  }

  it('is unreadable at once, in this process and in others, and nothing is sealed for them again', async () => {
    const subject = randomUUID()
    const stream = await custody.note(subject, 'identity', 'Ada')
    const { keys, ciphertexts } = await custody.erase(subject, ['identity', 'contact'])
    expect(keys.map((key) => [key.class, key.kids.length, key.destroyed])).toEqual([
      ['identity', 1, 1],
      ['contact', 0, 0],
    ])
    expect([ciphertexts, await custody.read(stream), await custody.holdsCiphertext(stream)]).toEqual([
      1,
      'erased',
      false,
    ])
    for (const keyClass of ['identity', 'contact'] as const)
      await expect(custody.note(subject, keyClass, 'again')).rejects.toMatchObject({ code: 'subject-erased' })
    await expect(custody.note(subject, 'trial-record', 'kept open')).resolves.toBeDefined()
  })

  it('is not recognised by their identifiers any more', async () => {
    const index = new IdentifierIndex(db.servicePool, secrets)
    const identifier = { system: 'urn:example:mrn', value: '4711' }
    const subject = randomUUID()
    await index.resolveOrReserve([identifier], { subject, twin: randomUUID() })
    await custody.erase(subject, ['identity'])
    expect(await index.lookup(identifier)).toBeNull()
  })

  // proves TL-VLT-006
  it('stays so when an older vault is restored beside the log', async () => {
    const person = await eraseAndRestore(['vault'])
    expect(person.replay).toMatchObject({ logReplaced: false, keys: 1, reinstated: 0 })
    await expectForgotten(person)
  })

  it('stays so when an older log is restored beside the vault, and the log says so again', async () => {
    const person = await eraseAndRestore(['ledger'])
    expect(person.replay).toEqual({ logReplaced: true, keys: 0, ciphertexts: 1, reinstated: 1 })
    await expectForgotten(person)
    const [event] = await custody.store.readStream(`keys-${person.subject}`)
    expect(event!.header).toMatchObject({ type: 'keys.destruction-reinstated', subject: person.subject })
    // A third start finds nothing more to do.
    expect(await start()).toEqual({ logReplaced: false, keys: 0, ciphertexts: 0, reinstated: 0 })
  })

  it('stays so when both are restored, by the tombstone file outside', async () => {
    const person = await eraseAndRestore(['vault', 'ledger'], true)
    expect(person.replay).toMatchObject({ keys: 1, ciphertexts: 1, reinstated: 1 })
    await expectForgotten(person)
    expect(await readFile(tombstoneFile, 'utf8')).not.toContain('Ada')
  })

  it('comes back without any of the three: that is why there is a file', async () => {
    const { erased, replay } = await eraseAndRestore(['vault', 'ledger'])
    expect(replay.keys).toBe(0)
    expect(await custody.read(erased)).toBe('Ada')
  })

  it('is erased at the next start when the process died between the decision and the deed', async () => {
    const subject = randomUUID()
    const stream = await custody.note(subject, 'identity', 'Ada')
    await custody.decide(subject, ['identity'])
    expect(await custody.read(stream)).toBe('Ada')
    expect(await start()).toMatchObject({ keys: 1, ciphertexts: 1 })
    expect(await custody.read(stream)).toBe('erased')
  })

  it('is read from a tombstone file whose last line a crash cut short, and not from one that was altered', async () => {
    await start(true)
    await custody.erase(randomUUID(), ['identity'])
    await appendFile(tombstoneFile, '{"subject":"0000')
    await start(true)
    await custody.erase(randomUUID(), ['identity'])
    await start(true)
    await appendFile(tombstoneFile, '\n{"subject":"somebody"}\n')
    await expect(start(true)).rejects.toMatchObject({ code: 'configuration-invalid' })
  })
})
