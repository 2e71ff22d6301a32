import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { TypeOrmModule } from '@nestjs/typeorm'
import { CancelRunHandler } from './commands/cancel-run.js'
import { FailInterruptedRunsHandler } from './commands/fail-interrupted-runs.js'
import { ReplayRunHandler } from './commands/replay-run.js'
import { RunSimulationHandler } from './commands/run-simulation.js'
import { ModelRunner } from './execution/model-runner.js'
import { ChooseInputsHandler } from './queries/choose-inputs.js'
import { RunsUnderWay } from './execution/runs-under-way.js'
import { FindRunHandler } from './queries/find-run.js'
import { GetReadinessHandler } from './queries/get-readiness.js'
import { GetRunHandler } from './queries/get-run.js'
import { ListRepeatsHandler } from './queries/list-repeats.js'
import { ListRunsHandler } from './queries/list-runs.js'
import { SelectModelInputsHandler } from './queries/select-model-inputs.js'
import { TraceRepeatsHandler } from './queries/trace-repeats.js'
import { RepeatsController } from './repeats.controller.js'
import { RunRow } from './run.row.js'
import { RunWriter } from './run-writer.js'
import { SimulationAccess } from './simulation-access.js'
import { SimulationsController } from './simulations.controller.js'

const commands = [RunSimulationHandler, CancelRunHandler, ReplayRunHandler, FailInterruptedRunsHandler]
const queries = [
  FindRunHandler,
  GetRunHandler,
  ListRunsHandler,
  ListRepeatsHandler,
  TraceRepeatsHandler,
  GetReadinessHandler,
  SelectModelInputsHandler,
  ChooseInputsHandler,
]

/**
 * Simulation runs: commands, queries and routes. Needs the journal, the access recorder and the policy as
 * global providers, a TypeORM connection that loads entities of the rooms, and the twins, consents and
 * model registry modules.
 */
@Module({
  imports: [CqrsModule, TypeOrmModule.forFeature([RunRow])],
  controllers: [SimulationsController, RepeatsController],
  providers: [
    RunWriter,
    RunsUnderWay,
    SimulationAccess,
    { provide: ModelRunner, useFactory: () => new ModelRunner() },
    ...commands,
    ...queries,
  ],
  exports: [RunWriter, RunsUnderWay, ModelRunner, SimulationAccess],
})
export class SimulationsModule implements OnApplicationShutdown {
  constructor(@Inject(ModelRunner) private readonly runner: ModelRunner) {}

  onApplicationShutdown(): Promise<void> {
    return this.runner.close()
  }
}
