import { Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { TypeOrmModule } from '@nestjs/typeorm'
import { DraftNoticeHandler } from './commands/draft-notice.js'
import { JudgeNoticeHandler } from './commands/judge-notice.js'
import { PublishNoticeHandler } from './commands/publish-notice.js'
import { WithdrawNoticeHandler } from './commands/withdraw-notice.js'
import { ConsentNoticeRow } from './consent-notice.row.js'
import { NoticeBook } from './notice-book.js'
import { NoticeRegisterController } from './notice-register.controller.js'
import { NoticesController } from './notices.controller.js'
import { FindNoticeHandler } from './queries/find-notice.js'
import { FindNoticeTextHandler } from './queries/find-notice-text.js'
import { GetNoticeTextHandler } from './queries/get-notice-text.js'
import { ListNoticeRegisterHandler } from './queries/list-notice-register.js'
import { ListPublishedNoticesHandler } from './queries/list-published-notices.js'

const commands = [DraftNoticeHandler, JudgeNoticeHandler, PublishNoticeHandler, WithdrawNoticeHandler]
const queries = [
  FindNoticeHandler,
  FindNoticeTextHandler,
  GetNoticeTextHandler,
  ListPublishedNoticesHandler,
  ListNoticeRegisterHandler,
]

/** Notices of consent. Needs the journal as a global provider and a TypeORM connection that loads entities of the rooms. */
@Module({
  imports: [CqrsModule, TypeOrmModule.forFeature([ConsentNoticeRow])],
  // The register first: its path would be read as a notice of that name otherwise.
  controllers: [NoticeRegisterController, NoticesController],
  providers: [NoticeBook, ...commands, ...queries],
})
export class NoticesModule {}
