import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { CLOCKS } from '../duties.js'
import { RECORD_CLASS_CODES, recordClass, type RecordClass, type RecordClassDefinition } from '../record-classes.js'
import { RetentionClocks } from '../retention-clocks.js'

/** How long records of a class are kept, and what the law asks for. */
export interface Period extends Omit<RecordClassDefinition, 'standardYears' | 'clock'> {
  recordClass: RecordClass
  years: number
  /** What the period is counted from. */
  clock: string
}

/** The periods in force. */
export class GetSchedule extends Query<Period[]> {}

@QueryHandler(GetSchedule)
export class GetScheduleHandler implements IQueryHandler<GetSchedule> {
  constructor(private readonly clocks: RetentionClocks) {}

  async execute(): Promise<Period[]> {
    const schedule = await this.clocks.schedule()
    return RECORD_CLASS_CODES.map((code) => {
      const { standardYears: _standard, clock, ...definition } = recordClass(code)
      return { recordClass: code, ...definition, years: schedule[code], clock: CLOCKS[clock] }
    })
  }
}
