import { Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { TypeOrmModule } from '@nestjs/typeorm'
import { AdvanceRow } from './advance.row.js'
import { Advances } from './advances.js'
import { AdvancesController } from './advances.controller.js'
import { ProposeAdvanceHandler } from './commands/propose-advance.js'
import { ProposeStartingContentHandler } from './commands/propose-starting-content.js'
import { ReviewAdvanceHandler } from './commands/review-advance.js'
import { SupersedeAdvanceHandler } from './commands/supersede-advance.js'
import { GetAdvanceHandler } from './queries/get-advance.js'
import { ListAdvancesHandler } from './queries/list-advances.js'

const commands = [ProposeAdvanceHandler, ProposeStartingContentHandler, ReviewAdvanceHandler, SupersedeAdvanceHandler]
const queries = [ListAdvancesHandler, GetAdvanceHandler]

/** The overview of advances. Needs the journal as a global provider and a TypeORM connection that loads entities of the rooms. */
@Module({
  imports: [CqrsModule, TypeOrmModule.forFeature([AdvanceRow])],
  controllers: [AdvancesController],
  providers: [Advances, ...commands, ...queries],
})
export class AdvancesModule {}
