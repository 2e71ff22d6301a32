import {
  Inject,
  Module,
  type DynamicModule,
  type FactoryProvider,
  type ModuleMetadata,
  type OnModuleInit,
} from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'
import { CqrsModule } from '@nestjs/cqrs'
import { fhirBody } from './fhir-body.js'
import { FhirController } from './fhir.controller.js'
import { FHIR_OPTIONS, type FhirOptions } from './fhir.options.js'
import { IngestBundle } from './ingest-bundle.js'
import { DEFAULT_LIMITS } from './json-guard.js'
import { CommandBusRecorder, PatientRecorder } from './patient-recorder.js'
import { loadDefinitions } from './validate-resource.js'

export interface FhirModuleOptions
  extends Pick<ModuleMetadata, 'imports'>, Pick<FactoryProvider<FhirOptions>, 'inject'> {
  useFactory: (...injected: never[]) => FhirOptions | Promise<FhirOptions>
}

/** `/fhir/R4`, and IngestBundle for whoever takes bundles in another way. */
@Module({})
export class FhirModule implements OnModuleInit {
  /**
   * Bodies are read here and not in `configure`: parsers put in by the application run before module middleware, and would
   * refuse a large `application/json` body before it came to its own limit.
   */
  constructor(host: HttpAdapterHost, @Inject(FHIR_OPTIONS) options: FhirOptions) {
    host.httpAdapter?.use('/fhir/R4', fhirBody(options.maxBytes))
  }

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
          inject: [PatientRecorder, FHIR_OPTIONS],
          useFactory: (recorder: PatientRecorder, { maxBytes, defaultSource, digest }: FhirOptions) =>
            new IngestBundle(recorder, { limits: { ...DEFAULT_LIMITS, maxBytes }, defaultSource, digest }),
        },
      ],
      exports: [IngestBundle],
    }
  }

  /** The first request shall not wait for the definitions. */
  onModuleInit(): void {
    loadDefinitions()
  }
}
