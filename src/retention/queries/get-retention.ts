import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { Journal } from '../../journal/journal.js'
import { PrivacyClock } from '../../privacy/clock.js'
import { HoldsInForce } from '../../privacy/queries/holds-in-force.js'
import type { KeyClass } from '../../vault/key-class.js'
import { CLOCKS, isOver, termsOf } from '../duties.js'
import { recordClass, type RecordClass } from '../record-classes.js'
import { retentionCaseDecider, retentionStream, type RetentionCase } from '../retention-case.js'
import { RetentionClocks } from '../retention-clocks.js'

/** One class of a person's data: until when it is kept, and why. */
export interface RetentionLine {
  keyClass: KeyClass
  /** `waiting`: its clock has not started. `held`: its period is over, and a legal hold keeps it. */
  state: 'waiting' | 'running' | 'held' | 'due'
  until: Date | null
  because: { recordClass: RecordClass; title: string; source: string; clock: string; until: Date | null }[]
}

export interface SubjectRetention {
  subject: string
  lines: RetentionLine[]
  /** Legal holds in force. */
  holds: string[]
  cases: RetentionCase[]
}

/** What of one person is kept until when, and why. */
export class GetRetention extends Query<SubjectRetention> {
  constructor(readonly subject: string) {
    super()
  }
}

@QueryHandler(GetRetention)
export class GetRetentionHandler implements IQueryHandler<GetRetention> {
  constructor(
    private readonly clocks: RetentionClocks,
    private readonly journal: Journal,
    private readonly queries: QueryBus,
    private readonly clock: PrivacyClock,
  ) {}

  async execute({ subject }: GetRetention): Promise<SubjectRetention> {
    const duties = (await this.clocks.dutiesOf([subject])).get(subject)!
    const holds = await this.queries.execute(new HoldsInForce(subject))
    const { state } = await this.journal.load(retentionCaseDecider, retentionStream(subject))
    const now = this.clock.now()
    const lines = termsOf(duties).map((term): RetentionLine => {
      const over = isOver(term, now)
      const own = duties.filter(({ keyClass }) => keyClass === term.keyClass)
      return {
        keyClass: term.keyClass,
        state: term.until === null ? 'waiting' : !over ? 'running' : holds.length > 0 ? 'held' : 'due',
        until: term.until,
        because: own.map(({ recordClass: code, until }) => {
          const { title, source, clock } = recordClass(code)
          return { recordClass: code, title, source, clock: CLOCKS[clock], until }
        }),
      }
    })
    return { subject, lines, holds, cases: [...state.values()] }
  }
}
