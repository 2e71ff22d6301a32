import { Inject } from '@nestjs/common'
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { Pool } from 'pg'
import type { CommandContext } from '../../../journal/command-context.js'
import { Journal } from '../../../journal/journal.js'
import { SERVICE_POOL } from '../../../journal/journal.tokens.js'
import { RevisionConflict } from '../../../platform/errors.js'
import type { LogRestored } from '../events.js'

/** Puts restores of the log on record that are not yet: the restore itself has no key to do so. */
export class RecordRestorations extends Command<{ recorded: number }> {
  constructor(readonly context: CommandContext) {
    super()
  }
}

interface Row {
  restoration: string
  size: string
  root: string
  payloads: string
  deleted: string
  restored_at: Date
}

@CommandHandler(RecordRestorations)
export class RecordRestorationsHandler implements ICommandHandler<RecordRestorations> {
  constructor(
    @Inject(SERVICE_POOL) private readonly pool: Pool,
    private readonly journal: Journal,
  ) {}

  async execute({ context }: RecordRestorations): Promise<{ recorded: number }> {
    const { rows } = await this.pool.query<Row>('select * from ledger.restoration order by restored_at')
    let recorded = 0
    for (const row of rows) if (await this.record(context, row)) recorded++
    return { recorded }
  }

  /** False when it is on record already, maybe by another process that started at the same time. */
  private async record(context: CommandContext, { restoration, ...row }: Row): Promise<boolean> {
    const stream = `restoration-${restoration}`
    const { store } = this.journal
    if ((await store.readStream(stream, { from: 0, limit: 1, payloads: false })).length > 0) return false
    const { size: head } = await store.head()
    const counts = { size: Number(row.size), payloads: Number(row.payloads), deleted: Number(row.deleted), head }
    const data = { ...counts, root: row.root, restoredAt: row.restored_at.toISOString() }
    const event: LogRestored = { type: 'log.restored', data }
    try {
      await this.journal.append(context, [{ stream, expectedRevision: 'no-stream', entries: [{ event }] }])
      return true
    } catch (error) {
      if (error instanceof RevisionConflict) return false
      throw error
    }
  }
}
