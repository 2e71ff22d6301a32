import { type DynamicModule, Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { TypeOrmModule } from '@nestjs/typeorm'
import { ApproveVersionHandler } from './commands/approve-version.js'
import { ClassifyVersionHandler } from './commands/classify-version.js'
import { ProposeVersionHandler } from './commands/propose-version.js'
import { RecordCaseStepHandler } from './commands/record-case-step.js'
import { ReopenCaseHandler } from './commands/reopen-case.js'
import { RetireVersionHandler } from './commands/retire-version.js'
import { SupersedeVersionHandler } from './commands/supersede-version.js'
import { CredibilityCaseController } from './credibility-case.controller.js'
import { ModelVersionRow } from './model-version.row.js'
import { ModelVersions } from './model-versions.js'
import { ModelVersionsController } from './model-versions.controller.js'
import { ModelsController } from './models.controller.js'
import { MODELS_ON_TWINS } from './models-on-twins.js'
import { DescribeModelHandler } from './queries/describe-model.js'
import { GetModelVersionHandler } from './queries/get-model-version.js'
import { JudgeModelUseHandler } from './queries/judge-model-use.js'
import { ListModelsHandler } from './queries/list-models.js'
import { ListModelVersionsHandler } from './queries/list-model-versions.js'

const commands = [
  ProposeVersionHandler,
  ClassifyVersionHandler,
  RecordCaseStepHandler,
  ApproveVersionHandler,
  ReopenCaseHandler,
  SupersedeVersionHandler,
  RetireVersionHandler,
]
const queries = [
  ListModelsHandler,
  DescribeModelHandler,
  ListModelVersionsHandler,
  GetModelVersionHandler,
  JudgeModelUseHandler,
]

/** The registry of models. Needs the journal and APPROVAL_SIGNATURES as global providers and a TypeORM connection that loads
 * entities of the rooms. */
@Module({})
export class ModelRegistryModule {
  /** @param onTwins ids of the models whose inputs can be taken from a twin */
  static register(onTwins: readonly string[]): DynamicModule {
    return {
      module: ModelRegistryModule,
      imports: [CqrsModule, TypeOrmModule.forFeature([ModelVersionRow])],
      controllers: [ModelsController, ModelVersionsController, CredibilityCaseController],
      providers: [ModelVersions, { provide: MODELS_ON_TWINS, useValue: onTwins }, ...commands, ...queries],
    }
  }
}
