import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { QueryBus } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type { CommandContext } from '../../src/journal/command-context.js'
import { projectedEvents } from '../../src/journal/projected-events.js'
import { dataSourceOptions } from '../../src/platform/database/data-source.js'
import { silentLog } from '../../src/platform/logging/log.js'
import { ProjectionEngine } from '../../src/projections/projection-engine.js'
import { CloseTrial, CloseTrialHandler } from '../../src/trials/commands/close-trial.js'
import { EnrolSubject, EnrolSubjectHandler } from '../../src/trials/commands/enrol-subject.js'
import { OpenSite, OpenSiteHandler } from '../../src/trials/commands/open-site.js'
import { RegisterTrial, RegisterTrialHandler } from '../../src/trials/commands/register-trial.js'
import { WithdrawSubject, WithdrawSubjectHandler } from '../../src/trials/commands/withdraw-subject.js'
import { ENROLMENT_CODE } from '../../src/trials/enrolment-code.js'
import { TRIAL_EVENT_TYPES } from '../../src/trials/events.js'
import { EnrolmentCodes, EnrolmentCodesHandler } from '../../src/trials/queries/enrolment-codes.js'
import { GetTrial, GetTrialHandler } from '../../src/trials/queries/get-trial.js'
import { IsEnrolled, IsEnrolledHandler } from '../../src/trials/queries/is-enrolled.js'
import { ListEnrolments, ListEnrolmentsHandler } from '../../src/trials/queries/list-enrolments.js'
import { ListTrials, ListTrialsHandler } from '../../src/trials/queries/list-trials.js'
import { SubjectOfEnrolment, SubjectOfEnrolmentHandler } from '../../src/trials/queries/subject-of-enrolment.js'
import { TrialsOf, TrialsOfHandler } from '../../src/trials/queries/trials-of.js'
import { TrialProjection } from '../../src/trials/trial.projection.js'
import { TrialReader } from '../../src/trials/trial-reader.js'
import { EnrolmentRow, TrialRow, TrialSiteRow } from '../../src/trials/trial.rows.js'
import { TrialWriter } from '../../src/trials/trial-writer.js'
import { createTestDatabase, type TestDatabase } from '../support/test-database.js'
import { openTestJournal, type TestJournal } from '../support/test-journal.js'
import { description } from './support.js'

let db: TestDatabase
let opened: TestJournal
let dataSource: DataSource
let engine: ProjectionEngine
let writer: TrialWriter
let reader: TrialReader
let trial: string

/** Stands for the twins' room: everybody has a twin at site-1, nobody elsewhere. */
const twins = {
  execute: ({ filter }: { filter: { scope: { site: string } } }) =>
    Promise.resolve({ active: Number(filter.scope.site === 'site-1') }),
} as unknown as QueryBus

const context = (more: Partial<CommandContext> = {}): CommandContext => ({
  actor: { id: 'actor-1', role: 'investigator', org: 'clinic' },
  correlation: randomUUID(),
  ...more,
})

beforeAll(async () => {
  db = await createTestDatabase()
  opened = await openTestJournal(db, [TRIAL_EVENT_TYPES])
  dataSource = await new DataSource(
    dataSourceOptions(db.serviceUrl, { entities: [TrialRow, TrialSiteRow, EnrolmentRow] }),
  ).initialize()
  const { journal, store } = opened
  writer = new TrialWriter(journal)
  reader = new TrialReader(journal)
  engine = new ProjectionEngine([new TrialProjection()], {
    pool: db.servicePool,
    store,
    log: silentLog,
    decode: async (events) => projectedEvents(journal.catalogue, events),
  })
  await engine.start()
})
afterAll(async () => {
  await engine.stop()
  await dataSource.destroy()
  await opened.close()
  await db.drop()
})
beforeEach(async () => {
  trial = await register()
})

async function register(): Promise<string> {
  const receipt = await new RegisterTrialHandler(writer, opened.journal).execute(
    new RegisterTrial(context(), description),
  )
  const site = { trial: receipt.trial, site: 'site-1', country: 'CH' }
  await new OpenSiteHandler(writer).execute(new OpenSite(context(), site))
  return receipt.trial
}
const enrol = (subject: string, more: { trial?: string; site?: string; context?: CommandContext } = {}) =>
  new EnrolSubjectHandler(writer, reader, opened.journal, twins).execute(
    new EnrolSubject(more.context ?? context(), { trial: more.trial ?? trial, subject, site: more.site ?? 'site-1' }),
  )
const withdraw = (code: string) =>
  new WithdrawSubjectHandler(writer, reader).execute(
    new WithdrawSubject(context(), { trial, code, reason: 'subject-decision' }),
  )
const isEnrolled = (subject: string) => new IsEnrolledHandler(reader).execute(new IsEnrolled(trial, subject))
const caughtUp = async () => engine.waitFor((await opened.store.head()).size, 60_000)

describe('an enrolment', () => {
  it('names the person in the header and the code in the payload, and nothing else of them', async () => {
    const subject = randomUUID()
    const { code, position } = await enrol(subject)
    expect(code).toMatch(ENROLMENT_CODE)
    const [event] = await opened.store.readAll({ from: position!, limit: 1 })
    expect(event!.header).toMatchObject({ type: 'trial.subject-enrolled', subject, trial })
    expect(JSON.parse(event!.payload!.toString())).toEqual({ code, site: 'site-1' })
  })

  it('gives different codes to many who are enrolled at once, from two processes', async () => {
    const subjects = Array.from({ length: 30 }, () => randomUUID())
    const other = new EnrolSubjectHandler(
      new TrialWriter(opened.journal),
      new TrialReader(opened.journal),
      opened.journal,
      twins,
    )
    const receipts = await Promise.all(
      subjects.map((subject, index) =>
        index % 2 ? enrol(subject) : other.execute(new EnrolSubject(context(), { trial, subject, site: 'site-1' })),
      ),
    )
    expect(new Set(receipts.map(({ code }) => code)).size).toBe(30)
    expect(await Promise.all(subjects.map(isEnrolled))).toEqual(subjects.map(() => true))
  })

  it('of one person at once happens once', async () => {
    const subject = randomUUID()
    const outcomes = await Promise.allSettled([enrol(subject), enrol(subject), enrol(subject)])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  // proves TL-TRL-001
  it('has another code in another trial', async () => {
    const subject = randomUUID()
    const other = await register()
    const [one, two] = [await enrol(subject), await enrol(subject, { trial: other })]
    expect(one.code).not.toBe(two.code)
    await caughtUp()
    const repository = dataSource.getRepository(EnrolmentRow)
    expect(await new TrialsOfHandler(repository).execute(new TrialsOf(subject))).toMatchObject([
      { trial, code: one.code, status: 'enrolled' },
      { trial: other, code: two.code },
    ])
    const asked = [
      { trial: other, subject },
      { trial, subject: randomUUID() },
      { trial, subject },
    ]
    expect(await new EnrolmentCodesHandler(repository).execute(new EnrolmentCodes(asked))).toEqual([
      two.code,
      null,
      one.code,
    ])
  })

  it('sent again with its Idempotency-Key gives the same code', async () => {
    const subject = randomUUID()
    const keyed = context({ idempotencyKey: 'enrol-key-1' })
    const first = await enrol(subject, { context: keyed })
    expect(await enrol(subject, { context: { ...keyed, correlation: randomUUID() } })).toEqual({
      ...first,
      replayed: true,
    })
  })

  it('is refused where the person has no twin', async () => {
    await expect(enrol(randomUUID(), { site: 'site-2' })).rejects.toMatchObject({ code: 'twin-not-at-site' })
  })
})

describe('a withdrawal', () => {
  it('shows at once, carries its reason, and keeps the code on record', async () => {
    const subject = randomUUID()
    const { code } = await enrol(subject)
    const { position } = await withdraw(code)
    expect(await isEnrolled(subject)).toBe(false)
    const [event] = await opened.store.readAll({ from: position!, limit: 1 })
    expect(event!.header).toMatchObject({ reason: 'subject-decision', subject, trial })
    const behind = new SubjectOfEnrolmentHandler(reader).execute(new SubjectOfEnrolment(trial, code))
    expect(await behind).toBe(subject)
    await expect(withdraw(code)).rejects.toMatchObject({ code: 'subject-withdrawn' })
  })
})

describe('reading trials', () => {
  it('shows sites and counts, as read model and ledger agree', async () => {
    const { code } = await enrol(randomUUID())
    await enrol(randomUUID())
    await withdraw(code)
    await new CloseTrialHandler(writer).execute(new CloseTrial(context(), { trial, reason: 'completed' }))
    await caughtUp()
    const view = await new GetTrialHandler(reader).execute(new GetTrial(trial))
    expect(view).toMatchObject({ ...description, status: 'closed', enrolled: 2, withdrawn: 1, revision: 5 })
    const list = new ListTrialsHandler(dataSource.getRepository(TrialRow))
    const { trials } = await list.execute(new ListTrials({ scope: { trials: [trial] } }))
    expect(trials).toMatchObject([
      { trial, status: 'closed', closingReason: 'completed', enrolled: 2, withdrawn: 1, revision: 5 },
    ])
  })

  it('narrows lists to the part a caller may see', async () => {
    await caughtUp()
    const list = new ListTrialsHandler(dataSource.getRepository(TrialRow))
    const count = async (scope: object) => (await list.execute(new ListTrials({ scope }, 500))).trials.length
    expect(await count({ org: 'sponsor-1' })).toBeGreaterThan(0)
    expect(await count({ org: 'sponsor-2' })).toBe(0)
    expect(await count({ site: 'site-1' })).toBeGreaterThan(0)
    expect(await count({ site: 'site-2' })).toBe(0)
    expect(await count({ trials: [] })).toBe(0)
  })

  it('pages through enrolments, each once, and never tells whose they are', async () => {
    const codes: string[] = []
    for (let person = 0; person < 5; person++) codes.push((await enrol(randomUUID())).code)
    await caughtUp()
    const list = new ListEnrolmentsHandler(dataSource.getRepository(EnrolmentRow))
    const read: string[] = []
    let next: string | undefined
    do {
      const page = await list.execute(new ListEnrolments(trial, {}, 2, next))
      for (const enrolment of page.enrolments) expect(Object.keys(enrolment)).not.toContain('subject')
      read.push(...page.enrolments.map(({ code }) => code))
      next = page.next
    } while (next)
    expect(read).toEqual(codes)
    await expect(list.execute(new ListEnrolments(trial, {}, 2, 'x'))).rejects.toMatchObject({ code: 'cursor-invalid' })
  })

  it('rebuilds to the same tables', async () => {
    await caughtUp()
    const { equal } = await engine.rebuild('trials')
    expect(equal).toEqual({ trial: true, trial_site: true, enrolment: true })
  })
})
