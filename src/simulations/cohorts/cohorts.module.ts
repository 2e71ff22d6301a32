import { Inject, Module, type OnApplicationBootstrap } from '@nestjs/common'
import { CommandBus, CqrsModule } from '@nestjs/cqrs'
import { TypeOrmModule } from '@nestjs/typeorm'
import type { Pool } from 'pg'
import { SERVICE_POOL } from '../../journal/journal.tokens.js'
import { Configuration } from '../../platform/configuration.js'
import { JsonLogger } from '../../platform/logging/logger.js'
import { Shutdown } from '../../platform/shutdown.js'
import { RunRow } from '../run.row.js'
import { SimulationsModule } from '../simulations.module.js'
import { CohortAccess } from './cohort-access.js'
import { CohortMembers } from './cohort-members.js'
import { CohortRow } from './cohort.row.js'
import { CohortWriter } from './cohort-writer.js'
import { CohortsController } from './cohorts.controller.js'
import { CancelCohortHandler } from './commands/cancel-cohort.js'
import { RequestCohortHandler } from './commands/request-cohort.js'
import { RequeueCohortsHandler } from './commands/requeue-cohorts.js'
import { RunPart, RunPartHandler } from './commands/run-part.js'
import { BeginRuns } from './part/begin-runs.js'
import { GetCohortHandler } from './queries/get-cohort.js'
import { ListCohortTwinsHandler } from './queries/list-cohort-twins.js'
import { ListCohortsHandler } from './queries/list-cohorts.js'
import { CohortQueue } from './queue/cohort-queue.js'
import { PartWorker } from './queue/part-worker.js'
import { CancelReplayHandler } from './replay/cancel-replay.js'
import { GetReplayHandler } from './replay/get-replay.js'
import { ReplayPart, ReplayPartHandler } from './replay/replay-part.js'
import { RequestReplayHandler } from './replay/request-replay.js'

const commands = [
  RequestCohortHandler,
  CancelCohortHandler,
  RequeueCohortsHandler,
  RunPartHandler,
  RequestReplayHandler,
  CancelReplayHandler,
  ReplayPartHandler,
]
const queries = [GetCohortHandler, ListCohortsHandler, ListCohortTwinsHandler, GetReplayHandler]

/**
 * Cohorts, and the queue of their parts that any number of processes serve. Needs what the simulations module needs, and its
 * runs and runner.
 */
@Module({
  imports: [CqrsModule, SimulationsModule, TypeOrmModule.forFeature([CohortRow, RunRow])],
  controllers: [CohortsController],
  providers: [
    CohortWriter,
    CohortMembers,
    CohortAccess,
    BeginRuns,
    {
      provide: CohortQueue,
      inject: [SERVICE_POOL, Configuration, JsonLogger, Shutdown],
      useFactory: async (pool: Pool, { cohortLeaseSeconds }: Configuration, log: JsonLogger, shutdown: Shutdown) => {
        const queue = await CohortQueue.open({ pool, log, leaseSeconds: cohortLeaseSeconds })
        shutdown.onPhase('drain', 'job queue', () => queue.close())
        return queue
      },
    },
    {
      provide: PartWorker,
      inject: [CohortQueue, CommandBus, CohortWriter, Configuration, JsonLogger, Shutdown],
      useFactory: (
        queue: CohortQueue,
        bus: CommandBus,
        cohorts: CohortWriter,
        { cohortSlots }: Configuration,
        log: JsonLogger,
        shutdown: Shutdown,
      ) => {
        const worker = new PartWorker({
          queue,
          log,
          slots: cohortSlots,
          work: ({ replay, ...part }, signal) =>
            bus.execute(replay === undefined ? new RunPart(part, signal) : new ReplayPart({ ...part, replay }, signal)),
          isCancelled: async ({ cohort, replay }) => {
            const { status, replays } = (await cohorts.existing(cohort)).state
            return replay === undefined ? status === 'cancelling' : replays.get(replay)?.status === 'cancelled'
          },
        })
        shutdown.onPhase('stop-accepting', 'cohort worker', () => worker.stop())
        return worker
      },
    },
    ...commands,
    ...queries,
  ],
})
export class CohortsModule implements OnApplicationBootstrap {
  constructor(@Inject(PartWorker) private readonly worker: PartWorker) {}

  onApplicationBootstrap(): void {
    this.worker.start()
  }
}
