import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { AccessRecorder } from '../../journal/access-recorder.js'
import type { CommandContext } from '../../journal/command-context.js'
import { findingsOf } from '../fact-history.js'
import { TwinReader } from '../twin-reader.js'
import { shownFinding, type ShownFinding } from '../twin-view.js'

/** What is, or was, wrong with a twin's data. Codes only, but codes about a person: the reading is recorded. */
export class GetQualityFindings extends Query<ShownFinding[]> {
  constructor(
    readonly context: CommandContext,
    readonly twin: string,
    /** Default `open`. */
    readonly which: 'open' | 'all' = 'open',
  ) {
    super()
  }
}

@QueryHandler(GetQualityFindings)
export class GetQualityFindingsHandler implements IQueryHandler<GetQualityFindings> {
  constructor(
    private readonly reader: TwinReader,
    private readonly access: AccessRecorder,
  ) {}

  /** @throws NotFound `twin-not-found` */
  async execute({ context, twin, which }: GetQualityFindings): Promise<ShownFinding[]> {
    const state = await this.reader.existing(twin)
    const findings = findingsOf(state).filter(({ resolvedAt }) => which === 'all' || resolvedAt === undefined)
    if (findings.length > 0) {
      const read = { subject: state.subject!, twin, what: ['quality-findings'], count: findings.length }
      await this.access.opened(context, read)
    }
    return findings.map(shownFinding)
  }
}
