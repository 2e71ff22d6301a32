import { Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { ChangeSourcesHandler } from './commands/change-sources.js'
import { LiveSources } from './live-sources.js'
import { SourcesNotTakenHandler } from './queries/sources-not-taken.js'
import { SourcesController } from './sources.controller.js'

/** The register of data sources. */
@Module({
  imports: [CqrsModule],
  controllers: [SourcesController],
  providers: [LiveSources, ChangeSourcesHandler, SourcesNotTakenHandler],
})
export class SourcesModule {}
