import { Injectable } from '@nestjs/common'
import type { CommandContext } from '../journal/command-context.js'
import { Journal } from '../journal/journal.js'
import {
  consentNoticeDecider,
  noticeStream,
  type ConsentNoticeCommand,
  type ConsentNoticeState,
} from './consent-notice.js'

/** What a change led to. */
export interface NoticeReceipt {
  notice: string
  version: string
  /** Of the notice. */
  revision: number
  position: number
  replayed: boolean
}

/** Reads and records notices. Their texts are read from the log, against what it commits to. */
@Injectable()
export class NoticeBook {
  constructor(private readonly journal: Journal) {}

  /** `notice` of the state is null for what is not on record. */
  async read(notice: string): Promise<ConsentNoticeState> {
    return (await this.journal.load(decider(), this.streamOf(notice))).state
  }

  /** Decides and records. Errors are those of `decide`; RevisionConflict when `ifRevision` does not hold. */
  async record(
    context: CommandContext,
    notice: string,
    command: ConsentNoticeCommand,
    ifRevision?: number,
  ): Promise<NoticeReceipt> {
    const stream = this.streamOf(notice)
    const { events, replayed } = await this.journal.execute(context, {
      stream,
      decider: decider(),
      command,
      ifRevision,
    })
    const { revision, position } = events.at(-1)!
    return { notice, version: command.version, revision, position, replayed }
  }

  private streamOf(notice: string): string {
    return noticeStream(this.journal.deriveEventId('consent-notice', notice))
  }
}

const decider = () => consentNoticeDecider(new Date().toISOString())
