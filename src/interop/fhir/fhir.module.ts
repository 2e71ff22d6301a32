import {
  Inject,
  Module,
  type DynamicModule,
  type FactoryProvider,
  type ModuleMetadata,
  type MiddlewareConsumer,
  type NestModule,
} from '@nestjs/common'
import { CqrsModule, QueryBus } from '@nestjs/cqrs'
import { SourcesNotTaken } from '../../sources/queries/sources-not-taken.js'
import { fhirBody } from './fhir-body.js'
import { FhirController } from './fhir.controller.js'
import { FHIR_OPTIONS, type FhirOptions } from './fhir.options.js'
import { IngestBundle } from './ingest-bundle.js'
import { DEFAULT_LIMITS } from './json-guard.js'
import { CommandBusRecorder, PatientRecorder } from './patient-recorder.js'

export interface FhirModuleOptions
  extends Pick<ModuleMetadata, 'imports'>, Pick<FactoryProvider<FhirOptions>, 'inject'> {
  useFactory: (...injected: never[]) => FhirOptions | Promise<FhirOptions>
}

/** `/fhir/R4`, and IngestBundle for whoever takes bundles in another way. */
@Module({})
export class FhirModule implements NestModule {
  constructor(@Inject(FHIR_OPTIONS) private readonly options: FhirOptions) {}

  static register({ imports = [], inject = [], useFactory }: FhirModuleOptions): DynamicModule {
    return {
      module: FhirModule,
      imports: [CqrsModule, ...imports],
      controllers: [FhirController],
      providers: [
        { provide: FHIR_OPTIONS, inject, useFactory },
        { provide: PatientRecorder, useClass: CommandBusRecorder },
        {
          provide: IngestBundle,
          inject: [PatientRecorder, FHIR_OPTIONS, QueryBus],
          useFactory: (
            recorder: PatientRecorder,
            { maxBytes, defaultSource, digest }: FhirOptions,
            queries: QueryBus,
          ) =>
            new IngestBundle(recorder, {
              limits: { ...DEFAULT_LIMITS, maxBytes },
              defaultSource,
              digest,
              sourcesNotTaken: (names) => queries.execute(new SourcesNotTaken(names)),
            }),
        },
      ],
      exports: [IngestBundle],
    }
  }

  /**
   * Reads FHIR bodies as bytes. An application whose own parser takes `application/json` comes before this; where it puts
   * `fhirBody` before that parser, such bodies too are read here and refused with an OperationOutcome.
   */
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(fhirBody(this.options.maxBytes)).forRoutes('fhir/R4')
  }
}
