import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { Journal } from '../../../journal/journal.js'
import { Configuration } from '../../../platform/configuration.js'
import { buildDigests } from '../../../platform/build-digests.js'
import { softwareVersion } from '../../../platform/software-version.js'
import { DerivedSecrets } from '../../../vault/derived-secrets.js'
import { configurationStream } from '../configuration-stream.js'
import type { ProcessKind } from '../events.js'
import { configurationDecider } from '../recorded-configuration.js'
import { recordedSettings } from '../recorded-settings.js'

/** Records what of this process's configuration is different from its last start (21 CFR 11.10(k)). */
export class RecordConfiguration extends Command<{ changed: boolean }> {
  constructor(
    readonly context: CommandContext,
    readonly process: ProcessKind,
  ) {
    super()
  }
}

@CommandHandler(RecordConfiguration)
export class RecordConfigurationHandler implements ICommandHandler<RecordConfiguration> {
  constructor(
    private readonly journal: Journal,
    private readonly configuration: Configuration,
    private readonly secrets: DerivedSecrets,
  ) {}

  async execute({ context, process: kind }: RecordConfiguration): Promise<{ changed: boolean }> {
    const { instance } = this.configuration
    const software = { version: softwareVersion(), node: process.versions.node, ...buildDigests() }
    const digest = (name: string, value: string) => this.secrets.digest('configuration', name, value)
    const settings = recordedSettings(this.configuration.settings(), digest)
    const { events } = await this.journal.execute(context, {
      stream: configurationStream(this.journal, instance, kind),
      decider: configurationDecider,
      command: { type: 'start', instance, process: kind, software, settings },
    })
    return { changed: events.length > 0 }
  }
}
