import { Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { TypeOrmModule } from '@nestjs/typeorm'
import { ApprovePermitHandler } from './commands/approve-permit.js'
import { RegisterPermitHandler } from './commands/register-permit.js'
import { RevokePermitHandler } from './commands/revoke-permit.js'
import { PermitBook } from './permit-book.js'
import { PermitRow } from './permit.row.js'
import { PermitsController } from './permits.controller.js'
import { FindPermitHandler } from './queries/find-permit.js'
import { GetPermitHandler } from './queries/get-permit.js'
import { ListPermitsHandler } from './queries/list-permits.js'

const commands = [RegisterPermitHandler, ApprovePermitHandler, RevokePermitHandler]
const queries = [ListPermitsHandler, GetPermitHandler, FindPermitHandler]

/** Data permits. Needs the journal and the policy as global providers and a TypeORM connection that loads entities of the rooms. */
@Module({
  imports: [CqrsModule, TypeOrmModule.forFeature([PermitRow])],
  controllers: [PermitsController],
  providers: [PermitBook, ...commands, ...queries],
})
export class PermitsModule {}
