import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { Registry } from 'prom-client'
import { signCheckpoint } from '../../src/ledger/log/checkpoint.js'
import { type Cosigner, cosigner } from '../../src/ledger/log/cosignature.js'
import { privateKeyFromSeed } from '../../src/ledger/log/ed25519.js'
import { leafHash } from '../../src/ledger/log/hash.js'
import { LastSeenStore } from '../../src/ledger/log/last-seen.js'
import { thresholdPolicy, type WitnessPolicy } from '../../src/ledger/log/witness-policy.js'
import { Witness } from '../../src/ledger/witness/witness.js'
import { startWitnessServer, type WitnessServer } from '../../src/ledger/witness/witness-server.js'
import type { Configuration } from '../../src/platform/configuration.js'
import { silentLog } from '../../src/platform/logging/log.js'
import { JsonLogger } from '../../src/platform/logging/logger.js'
import type { AlertKind, SecurityAlerts } from '../../src/platform/security-alerts.js'
import { Shutdown } from '../../src/platform/shutdown.js'
import { CosignatureStore } from '../../src/witnesses/cosignature-store.js'
import { CosignedCheckpoints } from '../../src/witnesses/cosigned-checkpoints.js'
import { WITNESS_EVENT_TYPES, WITNESS_STREAM } from '../../src/witnesses/events.js'
import { FeedLease } from '../../src/witnesses/feed-lease.js'
import { WitnessFeed } from '../../src/witnesses/witness-feed.js'
import { WitnessRecord } from '../../src/witnesses/witness-record.js'
import { anEvent, aStream } from '../support/event-fixtures.js'
import { freePort } from '../support/free-port.js'
import { createTestDatabase, type TestDatabase } from '../support/test-database.js'
import { openTestJournal, type TestJournal } from '../support/test-journal.js'
import { testSigner } from '../support/test-store.js'
import { until } from '../support/until.js'

const [healthy, away] = [61, 62].map((seed) =>
  cosigner(`w${seed}.example`, privateKeyFromSeed(Buffer.alloc(32, seed))),
) as [Cosigner, Cosigner]
const configuredWith = (intervalSeconds: number) =>
  ({ witnesses: { policyFile: 'witnesses', intervalSeconds, alarmSeconds: 3600 } }) as Configuration

describe('the witnesses of a log', () => {
  let db: TestDatabase
  let journal: TestJournal
  let store: CosignatureStore
  beforeAll(async () => {
    db = await createTestDatabase()
    journal = await openTestJournal(db, [WITNESS_EVENT_TYPES])
  })
  beforeEach(async () => {
    await db.ownerPool.query('truncate ledger.cosignature, ledger.witness_feed')
    store = new CosignatureStore(db.servicePool)
  })
  afterAll(async () => {
    await journal.close()
    await db.drop()
  })

  /** As if this witness had cosigned a tree of this size; which tree, nobody asks here. */
  const keep = async (size: number, { vkey, cosign }: Cosigner = healthy) => {
    const signed = signCheckpoint({ origin: testSigner.name, size, root: leafHash(`${size}`) }, testSigner)
    const signature = cosign(signed.slice(0, signed.indexOf('\n\n') + 1), size)
    const [witness] = thresholdPolicy([vkey], 1).witnesses
    await store.keep(signed, { witness: witness!, signature, time: size })
  }
  const keptOf = async ({ vkey }: Cosigner) =>
    (await store.all()).filter(({ witness }) => witness === vkey).map(({ size }) => size)
  const sizes = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

  it('are kept of what was met the cosignatures, beyond it the newest hundred of each, below it the last of each', async () => {
    await Promise.all([10, 30, ...sizes(101, 250)].map((size) => keep(size)))
    await Promise.all([10, 20].map((size) => keep(size, away)))
    await store.dropNeedless(30)
    expect(await keptOf(healthy)).toEqual([...sizes(151, 250).reverse(), 30])
    expect(await keptOf(away)).toEqual([20])
  })

  it('are kept within bounds also before anything was met', async () => {
    await Promise.all(sizes(1, 150).map((size) => keep(size)))
    await store.dropNeedless(0)
    expect(await keptOf(healthy)).toEqual(sizes(51, 150).reverse())
  })

  describe('while they are asked', () => {
    let folder: string
    let server: WitnessServer
    let policy: WitnessPolicy
    let shutdown: Shutdown
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'twin-ledger-feed-'))
      const checkpoints = new LastSeenStore(folder)
      const evidence = join(folder, 'contradictions')
      const witness = new Witness({ cosigner: healthy, logs: [testSigner.vkey], checkpoints, evidence })
      server = await startWitnessServer(witness, { port: 0, host: '127.0.0.1', log: silentLog })
      const nobody = `http://127.0.0.1:${await freePort()}`
      policy = thresholdPolicy([healthy.vkey, away.vkey], 2)
      Object.assign(policy.witnesses[0]!, { url: server.url })
      Object.assign(policy.witnesses[1]!, { url: nobody })
      shutdown = new Shutdown()
    })
    afterEach(async () => {
      await shutdown.run()
      await server.close()
      await rm(folder, { recursive: true })
    })

    const feed = () => {
      const configuration = configuredWith(0.02)
      const alerts = { raise: () => undefined } as unknown as SecurityAlerts
      new WitnessFeed(
        new CosignedCheckpoints(policy, store),
        store,
        new FeedLease(db.servicePool, configuration),
        new WitnessRecord(journal.journal, alerts),
        configuration,
        new JsonLogger('silent'),
        shutdown,
        db.servicePool,
        new Registry(),
      ).onApplicationBootstrap()
    }
    const record = async (count: number) => {
      const events = Array.from({ length: count }, () => anEvent())
      return (await journal.store.append([{ stream: aStream(), expectedRevision: 'any', events }])).events.at(-1)!
    }

    it('keeps no more than it needs of a witness that goes on while too few of them do', async () => {
      await Promise.all(sizes(1, 150).map((size) => keep(size)))
      const { position } = await record(200)
      feed()
      await until('the newest is cosigned, and few beside it are kept', async () => {
        const kept = await keptOf(healthy)
        return kept[0]! > position && kept.length <= 100
      })
      expect((await store.all()).length).toBeLessThanOrEqual(100)
    })

    it('asks again for a cosignature that it could not keep', async () => {
      let lost = 0
      const keeping = store.keep.bind(store)
      store.keep = (...cosignature) =>
        ++lost === 1 ? Promise.reject(new Error('The database was away.')) : keeping(...cosignature)
      await record(1)
      feed()
      await until('it is kept', async () => (await keptOf(healthy)).length > 0)
    })
  })

  describe('in several processes', () => {
    const aProcess = () => {
      const raised: AlertKind[] = []
      const alerts = { raise: (kind: AlertKind) => raised.push(kind) } as unknown as SecurityAlerts
      return { raised, record: new WitnessRecord(journal.journal, alerts) }
    }
    const recorded = async () => (await journal.journal.read(WITNESS_STREAM)).map(({ type }) => type)
    const of = { witness: 'w.example', keyId: '00000000' }
    const contradicted = { type: 'note-contradicted', ...of, contradiction: 'larger-log-seen' } as const
    const seen = { ...contradicted, size: 3, root: 'AA==', witnessSize: 5 }

    it('have each trouble told once, whoever judges', async () => {
      const [here, there] = [aProcess(), aProcess()]
      await here.record.note({ type: 'note-cosigned', ...of, size: 2 })
      await there.record.note(seen)
      await here.record.note(seen)
      expect([here.raised, there.raised]).toEqual([[], ['checkpoint-contradicted']])
    })

    it('have it told again after it was over, though another process saw its end', async () => {
      const [here, there] = [aProcess(), aProcess()]
      const before = (await recorded()).length
      const another = { ...seen, keyId: '00000001' }
      await here.record.note(another)
      await there.record.note({ type: 'note-cosigned', ...of, keyId: '00000001', size: 6 })
      await here.record.note(another)
      expect((await recorded()).slice(before)).toEqual([
        'witness.checkpoint-contradicted',
        'witness.checkpoint-accepted-again',
        'witness.checkpoint-contradicted',
      ])
      expect(here.raised).toHaveLength(2)
    })

    it.each([1, 3600])('are asked by one of them, with %d seconds between two rounds', async (intervalSeconds) => {
      const configuration = configuredWith(intervalSeconds)
      const [here, there] = [0, 1].map(() => new FeedLease(db.servicePool, configuration))
      const pass = (seconds: number) =>
        db.ownerPool.query('update ledger.witness_feed set held_until = held_until - make_interval(secs => $1)', [
          seconds,
        ])
      expect(await here!.hold()).not.toBeNull()
      await pass(intervalSeconds + 60)
      expect(await there!.hold()).toBeNull()
      await pass(60)
      expect(await there!.hold()).not.toBeNull()
    })
  })
})
