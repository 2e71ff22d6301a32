import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { AccessRecorder } from '../../journal/access-recorder.js'
import type { CommandContext } from '../../journal/command-context.js'
import { historyPoint, type PointInHistory } from '../../twins/queries/point-in-history.js'
import { ConsentReader } from '../consent-reader.js'
import { isOverdue, type ConsentRecord } from '../consent-state.js'

export interface ConsentsView {
  subject: string
  /** Of the consent stream; -1 when nothing was ever recorded. */
  revision: number
  /** In the order in which they were first heard of. */
  consents: ConsentRecord[]
}

/** A person's consents now, as of a revision, or as of a time. */
export class GetConsents extends Query<ConsentsView> {
  constructor(
    readonly context: CommandContext,
    readonly subject: string,
    readonly point: PointInHistory = {},
  ) {
    super()
  }
}

@QueryHandler(GetConsents)
export class GetConsentsHandler implements IQueryHandler<GetConsents> {
  constructor(
    private readonly reader: ConsentReader,
    private readonly access: AccessRecorder,
  ) {}

  /** @throws InvalidRequest `point-invalid` */
  async execute({ context, subject, point }: GetConsents): Promise<ConsentsView> {
    const at = historyPoint(point)
    const { state, revision } = await this.reader.state(subject, at)
    const moment = this.momentOf(at, state.lastRecordedAt)
    const consents = [...state.consents.values()].map((record) => shown(record, moment))
    if (consents.length > 0) await this.access.opened(context, { subject, what: ['consents'], count: consents.length })
    return { subject, revision, consents }
  }

  private momentOf(
    { asOf, toRevision }: { asOf?: string; toRevision?: number },
    lastRecordedAt: string | null,
  ): string {
    const now = new Date().toISOString()
    return asOf ?? (toRevision === undefined ? now : (lastRecordedAt ?? now))
  }
}

/** A consent whose time has run out is shown as expired, whether or not that was recorded already. */
function shown(record: ConsentRecord, moment: string): ConsentRecord {
  return isOverdue(record, moment) ? { ...record, status: 'expired', endedAt: record.expiresAt } : record
}
