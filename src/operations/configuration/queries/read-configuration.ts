import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { Journal } from '../../../journal/journal.js'
import { Configuration } from '../../../platform/configuration.js'
import { NotFound } from '../../../platform/errors.js'
import { configurationStream } from '../configuration-stream.js'
import type { ProcessKind, RecordedSetting, Software } from '../events.js'
import { configurationDecider } from '../recorded-configuration.js'

export interface ConfigurationView {
  instance: string
  process: ProcessKind
  software: Software
  settings: Readonly<Record<string, RecordedSetting>>
  revision: number
}

/** The configuration on record: of this instance or another, as it stands or as of a time (RFC 3339). */
export class ReadConfiguration extends Query<ConfigurationView> {
  constructor(
    readonly process: ProcessKind = 'service',
    readonly instance?: string,
    readonly asOf?: string,
  ) {
    super()
  }
}

@QueryHandler(ReadConfiguration)
export class ReadConfigurationHandler implements IQueryHandler<ReadConfiguration> {
  constructor(
    private readonly journal: Journal,
    private readonly configuration: Configuration,
  ) {}

  /** @throws NotFound `configuration-not-recorded` */
  async execute({
    process,
    instance = this.configuration.instance,
    asOf,
  }: ReadConfiguration): Promise<ConfigurationView> {
    const stream = configurationStream(this.journal, instance, process)
    const { state, revision } = await this.journal.load(
      configurationDecider,
      stream,
      asOf === undefined ? {} : { asOf },
    )
    const { software, settings } = state
    if (software === null)
      throw new NotFound('configuration-not-recorded', 'No such instance had started, or not by that time.')
    return { instance, process, software, settings, revision }
  }
}
