import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { CommandBus, CqrsModule, QueryBus } from '@nestjs/cqrs'
import { Test } from '@nestjs/testing'
import { getRepositoryToken } from '@nestjs/typeorm'
import type { DataSource } from 'typeorm'
import { AuthoriseUseHandler } from '../../src/consents/commands/authorise-use.js'
import { GiveConsent, GiveConsentHandler } from '../../src/consents/commands/give-consent.js'
import { WithdrawConsent, WithdrawConsentHandler } from '../../src/consents/commands/withdraw-consent.js'
import { ConsentReader } from '../../src/consents/consent-reader.js'
import { FindCoveragesHandler } from '../../src/consents/queries/find-coverages.js'
import { ConsentWriter } from '../../src/consents/consent-writer.js'
import { consentStream } from '../../src/consents/consent-state.js'
import { CONSENT_EVENT_TYPES } from '../../src/consents/events.js'
import { BaselinesOfHandler } from '../../src/randomisation/queries/baselines-of.js'
import { DataOfTrialHandler } from '../../src/randomisation/queries/data-of-trial.js'
import { TrainingOverlapsHandler } from '../../src/randomisation/queries/training-overlaps.js'
import { RANDOMISATION_EVENT_TYPES } from '../../src/randomisation/events.js'
import { RandomisationReader } from '../../src/randomisation/randomisation-reader.js'
import { AccessRecorder } from '../../src/journal/access-recorder.js'
import type { CommandContext } from '../../src/journal/command-context.js'
import { Journal } from '../../src/journal/journal.js'
import { projectedEvents } from '../../src/journal/projected-events.js'
import { MODEL_LIBRARY } from '../../src/models/library/index.js'
import { MODEL_VERSION_EVENT_TYPES } from '../../src/models/registry/events.js'
import { findModel } from '../../src/models/registry/find-model.js'
import { modelDigests } from '../../src/models/registry/model-digests.js'
import { ModelVersions } from '../../src/models/registry/model-versions.js'
import { GetModelVersion, GetModelVersionHandler } from '../../src/models/registry/queries/get-model-version.js'
import { JudgeModelUseHandler } from '../../src/models/registry/queries/judge-model-use.js'
import { createDataSource } from '../../src/platform/database/data-source.js'
import { silentLog } from '../../src/platform/logging/log.js'
import { ProjectionEngine } from '../../src/projections/projection-engine.js'
import {
  FailInterruptedRuns,
  FailInterruptedRunsHandler,
} from '../../src/simulations/commands/fail-interrupted-runs.js'
import { CancelRun, CancelRunHandler } from '../../src/simulations/commands/cancel-run.js'
import { ReplayRun, ReplayRunHandler } from '../../src/simulations/commands/replay-run.js'
import { RunSimulation, RunSimulationHandler } from '../../src/simulations/commands/run-simulation.js'
import type { RunOrder } from '../../src/simulations/run-order.js'
import { SIMULATION_EVENT_TYPES, type RunResult } from '../../src/simulations/events.js'
import { ModelRunner } from '../../src/simulations/execution/model-runner.js'
import { ChooseInputs, ChooseInputsHandler } from '../../src/simulations/queries/choose-inputs.js'
import { RunsUnderWay } from '../../src/simulations/execution/runs-under-way.js'
import { GetReadiness, GetReadinessHandler } from '../../src/simulations/queries/get-readiness.js'
import { GetRun, GetRunHandler } from '../../src/simulations/queries/get-run.js'
import { ListRepeats, ListRepeatsHandler } from '../../src/simulations/queries/list-repeats.js'
import { ListRuns, ListRunsHandler } from '../../src/simulations/queries/list-runs.js'
import { TraceRepeats, TraceRepeatsHandler } from '../../src/simulations/queries/trace-repeats.js'
import { RunProjection } from '../../src/simulations/run.projection.js'
import { RunRow } from '../../src/simulations/run.row.js'
import { RunWriter } from '../../src/simulations/run-writer.js'
import { runStream, simulationDecider } from '../../src/simulations/simulation.js'
import { RegisterTwin, RegisterTwinHandler } from '../../src/twins/commands/register-twin.js'
import { RecordFacts, RecordFactsHandler } from '../../src/twins/commands/record-facts.js'
import { TWIN_EVENT_TYPES } from '../../src/twins/events.js'
import { FindTwinHandler } from '../../src/twins/queries/find-twin.js'
import { GetTwinHandler } from '../../src/twins/queries/get-twin.js'
import { TwinAccess } from '../../src/twins/twin-access.js'
import { TwinReader } from '../../src/twins/twin-reader.js'
import { TwinWriter } from '../../src/twins/twin-writer.js'
import { IdentifierIndex } from '../../src/vault/identifier-index.js'
import { expressed, notice, scope } from '../consents/support.js'
import { approvalOf, evidence, proposal, UNTIL } from '../models/registry/support.js'
import { AnyNoticeHandler } from '../support/published-notice.js'
import { createTestDatabase, type TestDatabase } from '../support/test-database.js'
import { openTestJournal, type TestJournal } from '../support/test-journal.js'
import { until } from '../support/until.js'
import { fromSources } from './support/runner.js'
import { DAY, demographics, P1_FACTS } from './support.js'

let db: TestDatabase
let opened: TestJournal
let source: DataSource
let engine: ProjectionEngine
let runner: ModelRunner
let commands: CommandBus
let queries: QueryBus
let twin: string
let subject: string

beforeAll(async () => {
  db = await createTestDatabase()
  opened = await openTestJournal(db, [
    TWIN_EVENT_TYPES,
    CONSENT_EVENT_TYPES,
    MODEL_VERSION_EVENT_TYPES,
    SIMULATION_EVENT_TYPES,
    RANDOMISATION_EVENT_TYPES,
  ])
  source = await createDataSource(db.serviceUrl, { entities: [RunRow] }).initialize()
  const { journal, store } = opened
  engine = new ProjectionEngine([new RunProjection()], {
    pool: db.servicePool,
    store,
    decode: async (events) => projectedEvents(journal.catalogue, events),
    log: silentLog,
  })
  await engine.start()
  runner = new ModelRunner(fromSources)
  const module = await Test.createTestingModule({
    imports: [CqrsModule.forRoot()],
    providers: [
      { provide: Journal, useValue: journal },
      { provide: AccessRecorder, useValue: opened.access },
      { provide: IdentifierIndex, useValue: opened.identifiers },
      { provide: getRepositoryToken(RunRow), useValue: source.getRepository(RunRow) },
      { provide: ModelRunner, useFactory: () => runner },
      // Whose right it is to meet a twin is not asked of the service itself.
      { provide: TwinAccess, useValue: {} },
      ...[
        TwinReader,
        TwinWriter,
        ConsentWriter,
        RunWriter,
        RunsUnderWay,
        ModelVersions,
        JudgeModelUseHandler,
        GetModelVersionHandler,
      ],
      ...[RegisterTwinHandler, RecordFactsHandler, FindTwinHandler, GetTwinHandler],
      ...[GiveConsentHandler, WithdrawConsentHandler, AuthoriseUseHandler],
      ...[RunSimulationHandler, CancelRunHandler, ReplayRunHandler, FailInterruptedRunsHandler],
      ...[
        GetRunHandler,
        ListRunsHandler,
        ListRepeatsHandler,
        TraceRepeatsHandler,
        GetReadinessHandler,
        ChooseInputsHandler,
        FindCoveragesHandler,
        ConsentReader,
      ],
      ...[RandomisationReader, DataOfTrialHandler, BaselinesOfHandler, TrainingOverlapsHandler, AnyNoticeHandler],
    ],
  }).compile()
  await module.init()
  commands = module.get(CommandBus)
  queries = module.get(QueryBus)
})
afterAll(async () => {
  await runner.close()
  await engine.stop()
  await source.destroy()
  await opened.close()
  await db.drop()
})
beforeEach(async () => {
  const registration = { custody: { controller: 'clinic', owner: 'site-1' }, source: 'clinic-ehr', demographics }
  ;({ twin, subject } = await commands.execute(new RegisterTwin(context(), registration)))
})
afterEach(() => {
  jest.restoreAllMocks()
})

const context = (more: Partial<CommandContext> = {}): CommandContext => ({
  actor: { id: 'actor-1', role: 'modeller' },
  correlation: randomUUID(),
  ...more,
})
const record = (facts: readonly (typeof P1_FACTS)[string][number][] = Object.values(P1_FACTS).flat()) =>
  commands.execute(new RecordFacts(context(), { twin, facts }))
const consent = (more: object = {}) =>
  commands.execute(new GiveConsent(context(), { subject, scope: scope(), notice, ...expressed, ...more }))
const run = (more: Partial<RunOrder> = {}, by = context()) =>
  commands.execute(new RunSimulation(by, { twin, model: 'cvd.prevent-2023', purpose: 'HRESCH', day: DAY, ...more }))
const refusalOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => {
      throw new Error('It should have been refused.')
    },
    (error: { code: string; status: number; details: { run: string } & Record<string, unknown> }) => error,
  )
const typesOn = async (stream: string) => (await opened.store.readStream(stream)).map(({ header }) => header.type)
const caughtUp = async () => engine.waitFor((await opened.store.head()).size, 60_000)

describe('a run on a twin', () => {
  // proves TL-SIM-001
  it('gives the risks of vector P1, and records everything that is needed to repeat it', async () => {
    await record()
    const { consent: id } = await consent()
    const answer = await run()
    const view = await queries.execute(new GetRun(context(), answer.run))
    const [p1] = vectorsOf('cvd.prevent-2023')
    for (const horizon of ['y10', 'y30'] as const) {
      const risks = (view.result!.outputs as Record<string, Record<string, number>>)[horizon]!
      for (const [outcome, risk] of Object.entries(p1!.expected[horizon]!)) {
        expect(Math.abs(risks[outcome]! / risk - 1)).toBeLessThan(1e-9)
      }
    }
    expect(view).toMatchObject({
      status: 'completed',
      subject,
      request: { model: 'cvd.prevent-2023', twin, purpose: 'HRESCH', parameters: { day: DAY }, seed: null },
      result: { outputDigest: expect.stringMatching(/^[0-9a-f]{64}$/) },
    })
    const authorisation = await opened.store.find([view.request!.authorisation])
    expect(authorisation[0]!.header).toMatchObject({ type: 'consent.use-authorised', stream: consentStream(subject) })
    const facts = new Set((await opened.store.readStream(`twin-${twin}`)).map(({ header }) => header.id))
    const sources = view.result!.inputs.flatMap((input) => input.sources)
    expect(sources.length).toBeGreaterThan(0)
    expect(sources.every(({ eventId }) => facts.has(eventId))).toBe(true)
    expect(id).toBeDefined()
  })

  it('leaves no value in the clear, and records who read it', async () => {
    await record()
    await consent()
    const { run: id } = await run()
    const stored = await opened.store.readStream(runStream(id))
    expect(stored.map(({ leaf, payload }) => `${leaf}${payload}`).join()).not.toMatch(/total_cvd|"value":160/)
    await queries.execute(new GetRun(context(), id))
    const reads = await opened.journal.read(`access-${subject}`)
    expect(reads.at(-1)!.data).toMatchObject({ what: ['run'], twin })
  })

  it('gives the same digest every time', async () => {
    await record()
    await consent()
    const digests = await Promise.all(
      [1, 2, 3].map(async () => {
        const { run: id } = await run()
        return (await queries.execute(new GetRun(context(), id))).result!.outputDigest
      }),
    )
    expect(new Set(digests).size).toBe(1)
  })

  it('can be asked for as of an earlier revision of the twin', async () => {
    await record()
    await consent()
    const earlier = await opened.store.revisionOf(`twin-${twin}`)
    await record([{ ...P1_FACTS.sbp![0]!, effective: { at: '2026-05-01' }, components: [] } as never])
    const { run: id } = await run({ twinRevision: earlier })
    expect((await queries.execute(new GetRun(context(), id))).request).toMatchObject({ twinRevision: earlier })
  })

  it('sent again with its key is the same run', async () => {
    await record()
    await consent()
    const by = () => context({ idempotencyKey: `key-${subject}` })
    const first = await run({}, by())
    expect(await run({}, by())).toMatchObject({ run: first.run, replayed: true, status: 'completed' })
    expect(await refusalOf(run({ purpose: 'TREAT' }, by()))).toMatchObject({ code: 'idempotency-key-reused' })
  })
})

describe('a run that is under way', () => {
  const endless = new URL('./support/endless.worker.js', import.meta.url)
  let stuck: ModelRunner
  beforeEach(async () => {
    stuck = new ModelRunner({ script: endless, threads: 1 })
    jest.spyOn(runner, 'run').mockImplementation((request, signal) => stuck.run(request, signal))
    await record()
    await consent()
  })
  afterEach(() => stuck.close())

  /** A run that never ends by itself, once its request is on record. */
  const begun = async () => {
    const key = `key-${subject}`
    const id = opened.journal.deriveEventId('run', 'actor-1', key)
    const refusal = refusalOf(run({}, context({ idempotencyKey: key })))
    await until('the request', async () => (await typesOn(runStream(id))).length === 1)
    return { id, refusal }
  }

  it('is stopped by its cancellation, and ends once', async () => {
    const { id, refusal } = await begun()
    expect(await commands.execute(new CancelRun(context(), id))).toMatchObject({ run: id, status: 'cancelled' })
    expect(await refusal).toMatchObject({ code: 'run-cancelled' })
    expect(await typesOn(runStream(id))).toEqual(['simulation.requested', 'simulation.cancelled'])
    expect(await refusalOf(commands.execute(new CancelRun(context(), id)))).toMatchObject({ code: 'run-ended' })
  })

  it('is stopped when another process has recorded its cancellation', async () => {
    const { id, refusal } = await begun()
    await new RunWriter(opened.journal).record(context(), id, { subject }, { type: 'cancel', by: 'run' })
    expect(await refusal).toMatchObject({ code: 'run-cancelled' })
    expect(await typesOn(runStream(id))).toEqual(['simulation.requested', 'simulation.cancelled'])
  })

  it('gives its thread to the next one', async () => {
    const { id, refusal } = await begun()
    await commands.execute(new CancelRun(context(), id))
    await refusal
    jest.restoreAllMocks()
    expect(await run()).toMatchObject({ status: 'completed' })
  })
})

describe('a run with stated parameters', () => {
  const score2 = { model: 'cvd.score2-2021', parameters: { riskRegion: 'Moderate' } }

  it('keeps them apart from the record, sealed, under who stated them', async () => {
    await record()
    await consent()
    const { run: id } = await run(score2)
    const stored = await opened.store.readStream(runStream(id))
    expect(stored.map(({ header }) => header.type)).toEqual([
      'simulation.requested',
      'simulation.parameters-stated',
      'simulation.completed',
    ])
    expect(stored[1]!.header).toMatchObject({ actor: { id: 'actor-1' }, subject })
    expect(stored.map(({ leaf, payload }) => `${leaf}${payload}`).join()).not.toContain('Moderate')
    const { request, parameters, result } = await queries.execute(new GetRun(context(), id))
    expect({ names: request!.parameters.stated, parameters }).toEqual({
      names: ['riskRegion'],
      parameters: score2.parameters,
    })
    expect(result!.inputs[0]).toMatchObject({ input: 'riskRegion', basis: 'stated', sources: [] })
    expect(await commands.execute(new ReplayRun(context(), id))).toMatchObject({ equal: true })
  })

  it('keeps those of a refused run too, and names what else has to be stated', async () => {
    await record()
    await consent({ scope: scope({ modelClasses: ['surgery'] }) })
    const { details } = await refusalOf(run({ model: 'surgery.sort', parameters: { asa: 'II', urgency: 'Ele' } }))
    expect(details.reasons).toEqual(['specialty', 'severity'].map((input) => ({ input, code: 'parameter-missing' })))
    const { parameters, status } = await queries.execute(new GetRun(context(), details.run))
    expect({ parameters, status }).toEqual({ parameters: { asa: 'II', urgency: 'Ele' }, status: 'refused' })
  })

  it('is not begun with one that the mapping does not declare: nothing may override the record', async () => {
    await record()
    await consent()
    const before = (await opened.store.head()).size
    const { code, status } = await refusalOf(run({ ...score2, parameters: { ...score2.parameters, sbp_mmHg: 120 } }))
    expect({ code, status }).toEqual({ code: 'parameter-not-declared', status: 400 })
    expect((await opened.store.head()).size).toBe(before)
  })

  it('sent again with its key is the same run, with other parameters it is refused', async () => {
    await record()
    await consent()
    const by = () => context({ idempotencyKey: `stated-${subject}` })
    const first = await run(score2, by())
    expect(await run(score2, by())).toMatchObject({ run: first.run, replayed: true })
    const other = { ...score2, parameters: { riskRegion: 'Low' } }
    expect(await refusalOf(run(other, by()))).toMatchObject({ code: 'idempotency-key-reused' })
  })
})

describe('readiness', () => {
  it('covers every model: what is ready, what has to be stated, what the record lacks, and consent for each', async () => {
    await record()
    await consent({ scope: scope({ modelClasses: ['cvd'] }) })
    const all = await queries.execute(new GetReadiness(context(), twin, DAY))
    const of = (id: string) => all.find(({ model }) => model === id)
    expect(all.map(({ model }) => model)).toEqual(MODEL_LIBRARY.map(({ id }) => id))
    expect(of('cvd.prevent-2023')).toMatchObject({ status: 'ready', ready: true, consent: { covered: true } })
    expect(of('cvd.score2-2021')).toMatchObject({
      status: 'needs-parameters',
      reasons: [{ input: 'riskRegion', code: 'parameter-missing' }],
    })
    expect(of('heart.lvmass-echo')).toMatchObject({
      status: 'lacks-data',
      consent: { covered: false, codes: ['model-class-not-covered'] },
    })
    expect(of('trial.sample-size')).toMatchObject({ status: 'not-on-twins', consent: null })
  })

  it('agrees with the inputs that a run would be given', async () => {
    await record()
    const {
      inputs,
      reasons,
      subject: whose,
    } = await queries.execute(
      new ChooseInputs(context(), twin, 'cvd.score2-2021', { day: DAY, parameters: { riskRegion: 'Low' } }),
    )
    expect({ reasons, whose }).toEqual({ reasons: [], whose: subject })
    expect(inputs.find(({ input }) => input === 'sbp_mmHg')).toMatchObject({
      value: 160,
      sources: [{ unit: 'mm[Hg]' }],
    })
  })
})

// proves TL-SIM-007
describe('a run that is repeated', () => {
  it('is counted with what became of the others, and says who had read their results by then', async () => {
    await record()
    await refusalOf(run())
    await consent()
    const first = await run()
    const reader = { ...context(), actor: { id: randomUUID(), role: 'modeller' } }
    await queries.execute(new GetRun(reader, first.run))
    const second = await run()
    await queries.execute(new GetRun(reader, second.run))
    // A later look of an inspector takes nothing away from what was known before.
    await commands.execute(new ReplayRun(context({ actor: { id: randomUUID(), role: 'regulator' } }), first.run))
    await caughtUp()
    const group = { twin, model: 'cvd.prevent-2023', purpose: 'HRESCH' }
    const { repeats } = await queries.execute(new ListRepeats({ twin }))
    expect(repeats).toMatchObject([{ ...group, trial: null, runs: 3, completed: 2, refused: 1, repeated: 2 }])
    expect((await queries.execute(new ListRepeats({ subject, atLeast: 4 }))).repeats).toEqual([])
    const { runs } = await queries.execute(new TraceRepeats(group))
    expect(runs.map(({ status, knew }) => [status, knew])).toEqual([
      ['refused', []],
      ['completed', []],
      ['completed', [{ run: first.run, actor: reader.actor.id, role: 'modeller', at: expect.any(String) }]],
    ])
  })
})

// proves TL-SIM-005
describe('a run that may not be', () => {
  it('is refused without consent, on both streams, and stays visible', async () => {
    await record()
    const { code, status, details } = await refusalOf(run())
    expect({ code, status, codes: details.codes }).toEqual({
      code: 'consent-missing',
      status: 403,
      codes: ['no-consent'],
    })
    expect(await typesOn(runStream(details.run))).toEqual(['simulation.requested', 'simulation.refused'])
    expect(await typesOn(consentStream(subject))).toEqual(['consent.use-refused'])
    await caughtUp()
    const { runs } = await queries.execute(new ListRuns({ twin }))
    expect(runs).toMatchObject([{ run: details.run, status: 'refused', codes: ['no-consent'] }])
  })

  it.each([
    ['withdrawn', {}, 'withdrawn'],
    ['for another class of models', { scope: scope({ modelClasses: ['pk'] }) }, 'model-class-not-covered'],
    ['for laboratory values alone', { scope: scope({ dataCategories: ['laboratory'] }) }, 'data-category-not-covered'],
  ])('is refused under a consent %s', async (why, gift, expected) => {
    await record()
    await consent(gift)
    if (why === 'withdrawn') await commands.execute(new WithdrawConsent(context(), { subject, ...expressed }))
    expect((await refusalOf(run())).details.codes).toEqual([expected])
  })

  it('is refused with every input that is in the way, by name and code', async () => {
    const { hdl_c: _hdl, bmi: _bmi, ...rest } = P1_FACTS
    await record(Object.values(rest).flat())
    await consent()
    const { code, status, details } = await refusalOf(run())
    expect({ code, status }).toEqual({ code: 'inputs-refused', status: 422 })
    expect(details.reasons).toEqual([
      { input: 'hdl_c', code: 'missing' },
      { input: 'bmi', code: 'missing' },
    ])
    await caughtUp()
    const { runs } = await queries.execute(new ListRuns({ twin, status: 'refused' }))
    expect(runs).toMatchObject([{ codes: ['hdl_c:missing', 'bmi:missing'] }])
    const readiness = await queries.execute(new GetReadiness(context(), twin, DAY))
    expect(readiness.find(({ model }) => model === 'cvd.prevent-2023')).toMatchObject({
      ready: false,
      reasons: details.reasons,
    })
  })

  it('is recorded as failed when it takes too long, and the next one finds a fresh thread', async () => {
    await record()
    await consent()
    const stuck = new ModelRunner({
      threads: 1,
      timeLimitMs: 300,
      script: new URL('./support/endless.worker.js', import.meta.url),
    })
    jest.spyOn(runner, 'run').mockImplementationOnce((request) => stuck.run(request))
    const { code, details } = await refusalOf(run())
    expect({ code, reason: details.reason }).toEqual({ code: 'run-failed', reason: 'timeout' })
    expect(await typesOn(runStream(details.run))).toEqual(['simulation.requested', 'simulation.failed'])
    expect(await run()).toMatchObject({ status: 'completed' })
    await stuck.close()
  })

  it('that was interrupted is found and ended, once', async () => {
    await record()
    await consent()
    jest.spyOn(runner, 'run').mockImplementationOnce(() => new Promise(() => undefined))
    void run()
    const open = async () => (await queries.execute(new ListRuns({ twin }))).runs
    while ((await open())[0]?.status !== 'requested') await caughtUp()
    const recover = () => commands.execute(new FailInterruptedRuns(context(), new Date().toISOString()))
    expect(await recover()).toEqual({ failed: 1 })
    expect(await recover()).toEqual({ failed: 0 })
    await caughtUp()
    expect(await open()).toMatchObject([{ status: 'failed', codes: ['interrupted'] }])
  })
})

describe('repeating a run', () => {
  // proves TL-SIM-004
  it('finds equal results, from the ledger alone', async () => {
    await record()
    await consent()
    const { run: id } = await run()
    await commands.execute(new WithdrawConsent(context(), { subject, ...expressed }))
    expect(await commands.execute(new ReplayRun(context(), id))).toMatchObject({ equal: true, codeChanged: false })
    expect((await typesOn(runStream(id))).at(-1)).toBe('simulation.replayed')
    await caughtUp()
    const { runs } = await queries.execute(new ListRuns({ twin }))
    expect(runs).toMatchObject([{ status: 'completed', replays: 1, replaysDiffering: 0 }])
  })

  // proves TL-SIM-004
  it('names the first quantity that differs', async () => {
    await record()
    await consent()
    const { run: id } = await run()
    jest.spyOn(runner, 'run').mockImplementationOnce(async () => {
      const { outputs } = (await queries.execute(new GetRun(context(), id))).result!
      const changed = JSON.parse(JSON.stringify(outputs)) as { y10: { stroke: number } }
      changed.y10.stroke *= 1 + Number.EPSILON
      return { status: 'completed', outputs: changed }
    })
    expect(await commands.execute(new ReplayRun(context(), id))).toMatchObject({
      equal: false,
      firstDifference: 'y10.stroke',
    })
  })

  it('is refused when the coefficients are not those of the run', async () => {
    await record()
    await consent()
    const { run: original } = await run()
    const { request, result } = await queries.execute(new GetRun(context(), original))
    const tampered = randomUUID()
    const events = [
      ...simulationDecider.decide(simulationDecider.initial, {
        type: 'request',
        request: { ...request!, coefficientDigest: '0'.repeat(64) },
      }),
      { type: 'simulation.completed' as const, data: result as RunResult },
    ]
    await opened.journal.append(context(), [
      {
        stream: runStream(tampered),
        expectedRevision: 'no-stream',
        entries: events.map((event) => ({ event, subject })),
      },
    ])
    expect(await refusalOf(commands.execute(new ReplayRun(context(), tampered)))).toMatchObject({
      code: 'model-coefficients-differ',
      status: 409,
    })
  })

  it('needs a run that completed', async () => {
    await record()
    const { details } = await refusalOf(run())
    expect(await refusalOf(commands.execute(new ReplayRun(context(), details.run)))).toMatchObject({
      code: 'run-not-completed',
    })
    expect(await refusalOf(commands.execute(new ReplayRun(context(), randomUUID())))).toMatchObject({
      code: 'run-not-found',
    })
  })
})

describe('the read model of runs', () => {
  it('is rebuilt from the log as it stands', async () => {
    await caughtUp()
    expect((await engine.rebuild('simulation-runs')).equal).toEqual({ simulation_run: true })
  })
})

function vectorsOf(model: string) {
  const text = readFileSync(new URL('../models/public-vectors.json', import.meta.url), 'utf8')
  type Vectors = { models: Record<string, { vectors: { expected: Record<string, Record<string, number>> }[] }> }
  return (JSON.parse(text) as Vectors).models[model]!.vectors
}

// proves TL-SIM-002
describe('a run for decisions', () => {
  const model = findModel('cvd.prevent-2023')
  const id = { model: model.id, version: model.version }
  const runs = async () => (await caughtUp(), (await queries.execute(new ListRuns({ twin }))).runs)
  let versions: ModelVersions

  /** The case of the version that runs here, for research on people of 40 to 75 years, as somebody else approves it. */
  async function approve(): Promise<void> {
    const { code: codeDigest, coefficients: coefficientDigest } = modelDigests(model)
    for (const [actor, command] of UNTIL.approval) {
      const own =
        command.type === 'propose' ? { ...command, proposal: proposal({ codeDigest, coefficientDigest }) } : command
      await versions.record(context({ actor: { id: actor, role: 'modeller' } }), id, own)
    }
    const { state } = await versions.read(id)
    await versions.record(context({ actor: { id: 'qa-1', role: 'qa' } }), id, approvalOf(state))
  }

  beforeAll(() => {
    versions = new ModelVersions(opened.journal)
  })
  beforeEach(async () => {
    await record()
    await consent()
  })

  it('is refused, on record, while the version is not approved; an exploratory one says why it is no more', async () => {
    const { code, status, details } = await refusalOf(run({ use: 'decision' }))
    expect({ code, status, codes: details.codes }).toEqual({
      code: 'model-use-refused',
      status: 422,
      codes: ['version-not-proposed'],
    })
    const { run: other } = await run()
    expect((await queries.execute(new GetRun(context(), other))).request!.use).toEqual({
      asked: 'exploratory',
      stamp: 'exploratory',
      reasons: ['decision-not-asked', 'version-not-proposed'],
      approval: null,
    })
    expect(await runs()).toMatchObject([
      { run: other, status: 'completed', stamp: 'exploratory' },
      { run: details.run, status: 'refused', stamp: 'exploratory', codes: ['version-not-proposed'] },
    ])
  })

  it('is stamped with the approval once there is one, within the context of use alone', async () => {
    await approve()
    const { run: within } = await run({ use: 'decision' })
    const { approval } = await queries.execute(new GetModelVersion(id))
    expect((await queries.execute(new GetRun(context(), within))).request!.use).toEqual({
      asked: 'decision',
      stamp: 'decision',
      reasons: [],
      approval: approval!.eventId,
    })
    // The model takes people from 30 years on; the context of use, from 40.
    const custody = { controller: 'clinic', owner: 'site-1' }
    const young = { custody, source: 'clinic-ehr', demographics: { ...demographics, birthDate: '1990-02-10' } }
    ;({ twin, subject } = await commands.execute(new RegisterTwin(context(), young)))
    await record()
    await consent()
    const { code, details } = await refusalOf(run({ use: 'decision' }))
    expect({ code, codes: details.codes }).toEqual({ code: 'model-use-refused', codes: ['age:outside-context'] })
    expect(await run()).toMatchObject({ status: 'completed' })
    expect(await runs()).toMatchObject([
      { stamp: 'exploratory', status: 'completed' },
      { run: details.run, status: 'refused', codes: ['age:outside-context'] },
    ])
  })

  it('ends with drift, and a retired version runs no more but can still be computed again', async () => {
    const { run: earlier } = await run({ use: 'decision' })
    const drift = { cause: 'drift', from: 'execution', explanation: 'Calibration fell.', evidence: [evidence] } as const
    await versions.record(context(), id, { type: 'reopen', reopening: drift })
    expect((await refusalOf(run({ use: 'decision' }))).details.codes).toEqual(['version-not-approved'])
    await versions.record(context(), id, { type: 'retire', explanation: 'Its successor is in use.' })
    expect((await refusalOf(run())).details.codes).toEqual(['version-retired'])
    expect(await commands.execute(new ReplayRun(context(), earlier))).toMatchObject({ equal: true })
  })
})
