import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals'
import type { QueryBus } from '@nestjs/cqrs'
import { AuthoriseUse, AuthoriseUseHandler } from '../../src/consents/commands/authorise-use.js'
import { AuthoriseUses, AuthoriseUsesHandler } from '../../src/consents/commands/authorise-uses.js'
import { ExpireConsents, ExpireConsentsHandler } from '../../src/consents/commands/expire-consents.js'
import { GiveConsent, GiveConsentHandler } from '../../src/consents/commands/give-consent.js'
import { RequestConsent, RequestConsentHandler } from '../../src/consents/commands/request-consent.js'
import { WithdrawConsent, WithdrawConsentHandler } from '../../src/consents/commands/withdraw-consent.js'
import { ConsentProjection } from '../../src/consents/consent.projection.js'
import { ConsentRow, ConsentUseRow } from '../../src/consents/consent.row.js'
import { ConsentReader } from '../../src/consents/consent-reader.js'
import { consentStream } from '../../src/consents/consent-state.js'
import { ConsentWriter } from '../../src/consents/consent-writer.js'
import { CONSENT_EVENT_TYPES } from '../../src/consents/events.js'
import { FindCoverage, FindCoverageHandler } from '../../src/consents/queries/find-coverage.js'
import { GetConsentHistory, GetConsentHistoryHandler } from '../../src/consents/queries/get-consent-history.js'
import { GetConsents, GetConsentsHandler } from '../../src/consents/queries/get-consents.js'
import { ListConsentUses, ListConsentUsesHandler } from '../../src/consents/queries/list-consent-uses.js'
import type { CommandContext } from '../../src/journal/command-context.js'
import { projectedEvents } from '../../src/journal/projected-events.js'
import type { FindNotice } from '../../src/notices/queries/find-notice.js'
import { createDataSource } from '../../src/platform/database/data-source.js'
import { silentLog } from '../../src/platform/logging/log.js'
import { ProjectionEngine } from '../../src/projections/projection-engine.js'
import { AnyNoticeHandler } from '../support/published-notice.js'
import { createTestDatabase, type TestDatabase } from '../support/test-database.js'
import { openTestJournal, type TestJournal } from '../support/test-journal.js'
import { expressed, notice, scope } from './support.js'

const use = { purpose: 'HRESCH', model: 'cvd.prevent-2023', dataCategories: ['laboratory'] } as const

let db: TestDatabase
let opened: TestJournal
let writer: ConsentWriter
let reader: ConsentReader
let subject: string

beforeAll(async () => {
  db = await createTestDatabase()
  opened = await openTestJournal(db, [CONSENT_EVENT_TYPES])
  const notices = new AnyNoticeHandler()
  const queries = { execute: (query: FindNotice) => notices.execute(query) } as unknown as QueryBus
  writer = new ConsentWriter(opened.journal, queries)
  reader = new ConsentReader(opened.journal)
})
afterAll(async () => {
  await opened.close()
  await db.drop()
})
beforeEach(() => {
  subject = randomUUID()
})

const context = (more: Partial<CommandContext> = {}): CommandContext => ({
  actor: { id: 'actor-1', role: 'participant' },
  correlation: randomUUID(),
  ...more,
})
const give = (more: object = {}, by = context()) =>
  new GiveConsentHandler(writer, opened.journal).execute(
    new GiveConsent(by, { subject, scope: scope(), notice, ...expressed, ...more }),
  )
const authorise = (of = subject) =>
  new AuthoriseUseHandler(writer).execute(new AuthoriseUse(context(), { subject: of, use }))
const withdraw = (more: object = {}, of = subject) =>
  new WithdrawConsentHandler(writer).execute(new WithdrawConsent(context(), { subject: of, ...expressed, ...more }))
const typesOn = async (of = subject) =>
  (await opened.store.readStream(consentStream(of))).map(({ header }) => header.type)

// proves TL-CON-001, TL-CON-002
describe('a withdrawal that races with uses', () => {
  it('wins: nothing is authorised behind it, whatever the order of arrival', async () => {
    const rounds = 200
    let refused = 0
    let authorised = 0
    for (let round = 0; round < rounds; round += 20) {
      await Promise.all(
        Array.from({ length: 20 }, async (_, lane) => {
          const person = randomUUID()
          await give({ subject: person })
          const uses = Array.from({ length: 1 + (lane % 3) }, () => () => authorise(person))
          const calls = shuffled([...uses, () => withdraw({}, person)], round + lane)
          const answers = await Promise.all(calls.map((call) => call()))
          const decisions = answers.filter((answer) => 'authorised' in answer)
          const stream = await opened.store.readStream(consentStream(person))
          const withdrawnAt = stream.find(({ header }) => header.type === 'consent.withdrawn')!.header.revision
          for (const decision of decisions) {
            expect(decision.authorised).toBe(decision.revision < withdrawnAt)
            if (decision.authorised) authorised++
            else refused++
          }
          expect(stream.filter(({ header }) => header.type.startsWith('consent.use-'))).toHaveLength(decisions.length)
          expect(
            stream.filter(({ header }) => header.type === 'consent.use-authorised' && header.revision > withdrawnAt),
          ).toEqual([])
        }),
      )
    }
    // Both ends of the race were run into, or nothing was proven.
    expect(refused).toBeGreaterThan(10)
    expect(authorised).toBeGreaterThan(10)
  })

  it('and the accounting has each use exactly once, with what it was decided on', async () => {
    const { consent } = await give()
    expect(await authorise()).toMatchObject({ authorised: true, consent, revision: 1 })
    await withdraw()
    expect(await authorise()).toMatchObject({ authorised: false, codes: ['withdrawn'], revision: 3 })
    expect(await typesOn()).toEqual([
      'consent.given',
      'consent.use-authorised',
      'consent.withdrawn',
      'consent.use-refused',
    ])
  })
})

describe('the consent stream', () => {
  it('holds nothing that somebody typed in the clear', async () => {
    await give({ comment: 'Hypatia would not mind' })
    const stored = await opened.store.readStream(consentStream(subject))
    expect(stored.map(({ leaf, payload }) => `${leaf}${payload}`).join()).not.toContain('Hypatia')
  })

  // proves TL-PRV-008
  it('holds no disease in the clear that a consent is limited to, and decides by it', async () => {
    const disease = 'MONDO:0005015'
    const limited = scope({ duo: ['DUO:0000007'], diseases: [disease] })
    await give({ scope: limited })
    const researched = { ...use, disease }
    const asked = { subject, use: researched, answerId: randomUUID() }
    const many = () =>
      new AuthoriseUsesHandler(opened.journal, {} as QueryBus).execute(new AuthoriseUses(context(), [asked]))
    expect(await many()).toMatchObject([{ authorised: true }])
    expect(await many()).toMatchObject([{ authorised: true }])
    const single = new AuthoriseUse(context(), { subject, use: researched })
    expect(await new AuthoriseUseHandler(writer).execute(single)).toMatchObject({ authorised: true })
    expect(
      await new FindCoverageHandler(reader, {} as QueryBus).execute(new FindCoverage(subject, researched)),
    ).toMatchObject({
      covered: true,
    })
    const view = await new GetConsentsHandler(reader, opened.access).execute(new GetConsents(context(), subject))
    expect(view.consents).toMatchObject([{ scope: limited }])
    const stored = await opened.store.readStream(consentStream(subject))
    expect(stored.map(({ header }) => header.type)).toEqual([
      'consent.disease-limit-recorded',
      'consent.given',
      'consent.use-authorised',
      'consent.use-authorised',
    ])
    expect(stored.map(({ leaf, payload }) => `${leaf}${payload}`).join()).not.toContain('MONDO')
  })

  it('opens a comment for full detail only, and records who read it', async () => {
    await give({ comment: 'Hypatia would not mind' })
    const handler = new GetConsentHistoryHandler(opened.journal, opened.access)
    const full = await handler.execute(new GetConsentHistory(context(), subject, 'full'))
    const coded = await handler.execute(new GetConsentHistory(context(), subject, 'coded'))
    expect(full.map(({ data }) => data)).toMatchObject([{}, { text: 'Hypatia would not mind' }])
    expect(coded.map(({ data }) => data)).toMatchObject([{}, null])
    const reads = await opened.journal.read(`access-${subject}`)
    expect(reads.map(({ data }) => data)).toMatchObject([
      { what: ['consents', 'consent-comments'] },
      { what: ['consents'] },
    ])
  })

  it('answers a repeated request with the first receipt', async () => {
    const by = context({ idempotencyKey: 'key-0001' })
    const request = new RequestConsent(by, { subject, scope: scope(), notice })
    const handler = new RequestConsentHandler(writer, opened.journal)
    const first = await handler.execute(request)
    const again = await handler.execute(request)
    expect(again).toMatchObject({ consent: first.consent, revision: 0, replayed: true })
    expect(await typesOn()).toEqual(['consent.requested'])
  })

  it('tells what held at any point', async () => {
    await give()
    await withdraw()
    const handler = new GetConsentsHandler(reader, opened.access)
    const statusAt = async (point: object) =>
      (await handler.execute(new GetConsents(context(), subject, point))).consents.map(({ status }) => status)
    expect(await statusAt({})).toEqual(['withdrawn'])
    expect(await statusAt({ revision: 0 })).toEqual(['given'])
    expect(await statusAt({ asOf: '2020-01-01T00:00:00Z' })).toEqual([])
  })

  it('permits no use again under the answer of before once the consent is withdrawn, and records nothing more', async () => {
    const asked = { subject, use, answerId: randomUUID() }
    const ask = async () =>
      (
        await new AuthoriseUsesHandler(opened.journal, {} as QueryBus).execute(new AuthoriseUses(context(), [asked]))
      )[0]!
    const { consent } = await give()
    const first = await ask()
    expect(first).toMatchObject({ authorised: true, consent, eventId: asked.answerId })
    expect(await ask()).toEqual(first)
    await withdraw()
    const { eventId, revision, position } = first
    expect(await ask()).toEqual({ eventId, revision, position, authorised: false, codes: ['withdrawn'] })
    expect(await typesOn()).toEqual(['consent.given', 'consent.use-authorised', 'consent.withdrawn'])
  })

  it('says whether a use is covered without recording anything', async () => {
    const coverage = () => new FindCoverageHandler(reader, {} as QueryBus).execute(new FindCoverage(subject, use))
    expect(await coverage()).toEqual({ covered: false, codes: ['no-consent'] })
    const { consent } = await give()
    expect(await coverage()).toEqual({ covered: true, consent })
    expect(await typesOn()).toEqual(['consent.given'])
  })
})

describe('the read model', () => {
  it('follows consents and uses, and the sweep finds what ran out', async () => {
    const source = createDataSource(db.serviceUrl, { entities: [ConsentRow, ConsentUseRow] })
    await source.initialize()
    const decode = async (events: Parameters<typeof projectedEvents>[1]) =>
      projectedEvents(opened.journal.catalogue, events)
    const engine = new ProjectionEngine([new ConsentProjection()], {
      pool: db.servicePool,
      store: opened.store,
      decode,
      log: silentLog,
    })
    await engine.start()
    const caughtUp = async () => engine.waitFor((await opened.store.head()).size, 60_000)
    try {
      const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
      const { consent } = await give({ expiresAt: tomorrow })
      const trial = randomUUID()
      const inTrial = await give({ scope: scope({ trials: [trial], dataCategories: ['laboratory'] }) })
      await authorise()
      await withdraw({ consent: inTrial.consent, reason: 'trial-left' })
      await caughtUp()
      const rows = source.getRepository(ConsentRow)
      expect(await rows.find({ where: { subject }, order: { firstPosition: 'ASC' } })).toMatchObject([
        { consent, status: 'given', purposes: ['HRESCH'], modelClasses: ['cvd'], trials: null, dataCategories: null },
        { consent: inTrial.consent, status: 'withdrawn', trials: [trial], dataCategories: ['laboratory'] },
      ])
      const list = new ListConsentUsesHandler(source.getRepository(ConsentUseRow), opened.access)
      const { uses } = await list.execute(new ListConsentUses(context(), subject))
      expect(uses).toMatchObject([
        { outcome: 'authorised', consent, purpose: 'HRESCH', dataCategories: ['laboratory'] },
      ])

      const sweep = new ExpireConsentsHandler(writer, rows)
      expect(await sweep.execute(new ExpireConsents(context(), '2020-01-01T00:00:00.000Z'))).toEqual({ expired: 0 })
      onlyDateIs(tomorrow)
      expect(await sweep.execute(new ExpireConsents(context(), tomorrow))).toEqual({ expired: 1 })
      await caughtUp()
      expect(await rows.findOneBy({ consent })).toMatchObject({ status: 'expired' })
      expect((await engine.rebuild('consents')).equal).toEqual({ consent: true, consent_use: true })
    } finally {
      jest.useRealTimers()
      await engine.stop()
      await source.destroy()
    }
  })
})

/** Sets the clock; whatever waits goes on as before. */
function onlyDateIs(now: string): void {
  const waiting = [
    'setTimeout',
    'clearTimeout',
    'setInterval',
    'clearInterval',
    'setImmediate',
    'clearImmediate',
  ] as const
  const others = ['nextTick', 'queueMicrotask', 'performance', 'hrtime'] as const
  jest.useFakeTimers({ now: Date.parse(now), doNotFake: [...waiting, ...others] })
}

/** A permutation that the seed decides. */
function shuffled<Item>(items: Item[], seed: number): Item[] {
  return items
    .map((item, index) => ({ item, order: Math.imul(seed * 31 + index * 17 + 7, 2_654_435_761) >>> 0 }))
    .sort((one, other) => one.order - other.order)
    .map(({ item }) => item)
}
