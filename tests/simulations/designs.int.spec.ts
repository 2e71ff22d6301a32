/** Designs: trial machinery from parameters alone, recorded in the clear because it concerns nobody. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { CommandBus, CqrsModule, QueryBus } from '@nestjs/cqrs'
import { Test } from '@nestjs/testing'
import { getRepositoryToken } from '@nestjs/typeorm'
import type { DataSource } from 'typeorm'
import { DESIGNS } from '../../src/evaluation/seed/designs.js'
import type { CommandContext } from '../../src/journal/command-context.js'
import { Journal } from '../../src/journal/journal.js'
import { projectedEvents } from '../../src/journal/projected-events.js'
import { createDataSource } from '../../src/platform/database/data-source.js'
import { silentLog } from '../../src/platform/logging/log.js'
import { ProjectionEngine } from '../../src/projections/projection-engine.js'
import {
  ComputeDesign,
  ComputeDesignHandler,
  type DesignOrder,
} from '../../src/simulations/designs/commands/compute-design.js'
import { ReplayDesign, ReplayDesignHandler } from '../../src/simulations/designs/commands/replay-design.js'
import { DesignReader } from '../../src/simulations/designs/design-reader.js'
import { DesignProjection } from '../../src/simulations/designs/design.projection.js'
import { DesignRow } from '../../src/simulations/designs/design.row.js'
import { DESIGN_EVENT_TYPES } from '../../src/simulations/designs/events.js'
import { GetDesign, GetDesignHandler } from '../../src/simulations/designs/queries/get-design.js'
import { ListDesigns, ListDesignsHandler } from '../../src/simulations/designs/queries/list-designs.js'
import { ModelRunner } from '../../src/simulations/execution/model-runner.js'
import { createTestDatabase, type TestDatabase } from '../support/test-database.js'
import { openTestJournal, type TestJournal } from '../support/test-journal.js'
import { fromSources } from './support/runner.js'

let db: TestDatabase
let opened: TestJournal
let source: DataSource
let engine: ProjectionEngine
let runner: ModelRunner
let commands: CommandBus
let queries: QueryBus

beforeAll(async () => {
  db = await createTestDatabase()
  opened = await openTestJournal(db, [DESIGN_EVENT_TYPES])
  source = await createDataSource(db.serviceUrl, { entities: [DesignRow] }).initialize()
  const { journal, store } = opened
  engine = new ProjectionEngine([new DesignProjection()], {
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
      { provide: getRepositoryToken(DesignRow), useValue: source.getRepository(DesignRow) },
      { provide: ModelRunner, useFactory: () => runner },
      ...[DesignReader, ComputeDesignHandler, ReplayDesignHandler, GetDesignHandler, ListDesignsHandler],
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

const context = (more: Partial<CommandContext> = {}): CommandContext => ({
  actor: { id: 'actor-1', role: 'modeller', org: 'sponsor-1' },
  correlation: randomUUID(),
  ...more,
})
const compute = (order: DesignOrder, by = context()) => commands.execute(new ComputeDesign(by, order))
const SAMPLE_SIZE = {
  model: 'trial.sample-size',
  parameters: { kind: 'two means t-test', delta: 3, sd: 10, power: 0.9 },
}

describe('a design', () => {
  it('is computed from what was stated, under who stated it, and gives the same again', async () => {
    const { design, status } = await compute(SAMPLE_SIZE)
    expect(status).toBe('computed')
    const view = await queries.execute(new GetDesign(design))
    expect(view).toMatchObject({ actor: { id: 'actor-1' }, outcome: { parameters: SAMPLE_SIZE.parameters } })
    const { outputs } = view.outcome as { outputs: { totalN: number } }
    expect(Math.ceil(outputs.totalN)).toBe(469)
    expect(await commands.execute(new ReplayDesign(context(), design))).toMatchObject({ equal: true })
    await engine.waitFor((await opened.store.head()).size, 60_000)
    const filter = { model: 'trial.sample-size', status: undefined, org: 'sponsor-1' }
    const [row] = (await queries.execute(new ListDesigns(filter))).designs
    expect(row).toMatchObject({ design, status: 'computed', replays: 1, replaysDiffering: 0 })
  })

  it('that the model refuses stays on record with its reasons, and is not computed again', async () => {
    const { design, status } = await compute({ ...SAMPLE_SIZE, parameters: { ...SAMPLE_SIZE.parameters, delta: 0 } })
    expect(status).toBe('refused')
    const { outcome } = await queries.execute(new GetDesign(design))
    expect(outcome).toMatchObject({ reasons: [{ input: 'delta', code: 'not-applicable' }] })
    await expect(commands.execute(new ReplayDesign(context(), design))).rejects.toMatchObject({
      code: 'design-not-computed',
    })
  })

  it('sent again with its key is the same design', async () => {
    const by = () => context({ idempotencyKey: 'key-1' })
    const first = await compute(SAMPLE_SIZE, by())
    expect((await compute(SAMPLE_SIZE, by())).design).toBe(first.design)
  })

  it.each([
    ['a model that computes about a person', { model: 'cvd.prevent-2023', parameters: {} }, 'model-needs-twin'],
    [
      'a parameter that the model does not have',
      { ...SAMPLE_SIZE, parameters: { ...SAMPLE_SIZE.parameters, patient: 'x' } },
      'parameter-not-declared',
    ],
    [
      'rows of participants that nobody called made up',
      { model: 'trial.analysis', parameters: { data: [] } },
      'participants-not-simulated',
    ],
  ])('is not recorded for %s', async (_, order, code) => {
    const { size } = await opened.store.head()
    await expect(compute(order)).rejects.toMatchObject({ code })
    expect((await opened.store.head()).size).toBe(size)
  })

  it.each(DESIGNS.map((order, place) => [place, order.model, order] as const))(
    'of the evaluation data set, number %i (%s), comes out as it is meant to',
    async (place, _, order) => {
      const { status } = await compute(order)
      expect(status).toBe(place === DESIGNS.length - 1 ? 'refused' : 'computed')
    },
  )
})
