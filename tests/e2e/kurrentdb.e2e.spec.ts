/** The whole service with its log in a cluster: a person arrives, is computed with and is forgotten. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Certificate } from '../../src/privacy/certificate/certificate.js'
import { EVENT_STORE, LOG_SIGNER } from '../../src/journal/journal.tokens.js'
import { KurrentEventStore } from '../../src/ledger/kurrent/kurrent-event-store.js'
import { ClusterLog } from '../../src/ledger/kurrent/cluster-log.js'
import type { NoteSigner } from '../../src/ledger/log/note-key.js'
import { verifyDatabase } from '../../src/ledger/postgres/verify-database.js'
import { openCluster } from '../ledger/kurrent/support/cluster.js'
import { giveConsent, grantedErasure, person, post, preparedErasure, run, type Person } from '../privacy/support.js'
import { startTestService, type TestService } from '../support/test-service.js'
import { expected, readTwin } from './support/clinic.js'

let cluster: { url: string; close(): void }
let test: TestService
let one: Person
beforeAll(async () => {
  cluster = await openCluster()
  test = await startTestService({ EVENTSTORE_URL: cluster.url })
  one = await person(test, 0)
})
afterAll(async () => {
  await test?.stop()
  cluster?.close()
})

describe('a service whose log is in KurrentDB', () => {
  it('keeps payloads in the cluster alone, and shows the twin', async () => {
    expect(test.service.app.get(EVENT_STORE)).toBeInstanceOf(KurrentEventStore)
    const { rows } = await test.db.ownerPool.query('select from ledger.payload')
    expect(rows).toHaveLength(0)
    const { person: known, facts } = await readTwin(test, 'regulator', one.twin, '?detail=full')
    expect(known!.demographics).toHaveLength(1)
    expect(facts.length).toBeGreaterThan(5)
  })

  it('says of the cluster that it is there', async () => {
    const { checks } = await expected<{ checks: Record<string, { ok: boolean; detail: string }> }>(
      200,
      test.fetch('/health/ready'),
    )
    expect(checks['event-cluster']).toEqual({ ok: true, detail: expect.stringMatching(/^\d+ events$/) })
  })

  it('lets a consent decide on a run', async () => {
    expect(await run(test, one)).toMatchObject({ status: 403, code: 'consent-missing' })
    await giveConsent(test, one)
    expect(await run(test, one)).toMatchObject({ run: expect.any(String) })
  })

  it('can be verified, payloads included', async () => {
    const signer = test.service.app.get<NoteSigner>(LOG_SIGNER)
    const log = new ClusterLog({ url: cluster.url, origin: signer.name })
    const payloadsOf = (from: number, limit: number) => log.read(from, limit)
    const { size, payloads } = await verifyDatabase(test.db.ownerPool, { vkey: signer.vkey, payloadsOf })
    await log.close()
    expect(payloads).toBe(size)
  })

  it('forgets a person by her keys, and the certificate says that the cluster keeps what they opened', async () => {
    const erasure = await grantedErasure(test, await preparedErasure(test, one))
    await post(test, 'qa', `erasures/${erasure}/confirmation`)
    await post(test, 'administrator', `erasures/${erasure}/execution`)
    const path = `/api/v1/privacy/erasures/${erasure}/certificate`
    const { certificate } = await expected<{ certificate: Certificate }>(200, test.request('compliance', path))
    expect(certificate).toMatchObject({ payloads: 0, payloadsKept: expect.any(Number) })
    expect(certificate.payloadsKept).toBeGreaterThan(20)
    const { person: forgotten } = await readTwin(test, 'regulator', one.twin, '?detail=full')
    expect(forgotten!.demographics).toMatchObject([{ value: null, erased: true }])
  })
})
