/** The decision model of retention periods: longer than the law asks is allowed, shorter never. Pure. */
import type { Decider } from '../journal/decider.js'
import { Conflict, InvalidRequest } from '../platform/errors.js'
import type { ScheduleEvent } from './events.js'
import { RECORD_CLASS_CODES, recordClass, type PeriodReason, type RecordClass } from './record-classes.js'

/** Years by class. */
export type Schedule = Readonly<Record<RecordClass, number>>

export interface PeriodOrder {
  recordClass: RecordClass
  years: number
  reason: PeriodReason
}

export const STANDARD_SCHEDULE = Object.fromEntries(
  RECORD_CLASS_CODES.map((code) => [code, recordClass(code).standardYears]),
) as Schedule

export const scheduleDecider: Decider<Schedule, PeriodOrder, ScheduleEvent> = {
  initial: STANDARD_SCHEDULE,
  evolve: (schedule, { data }) => ({ ...schedule, [data.recordClass]: data.years }),
  decide,
}

/** @throws InvalidRequest `retention-too-short`; Conflict `retention-unchanged` */
function decide(schedule: Schedule, order: PeriodOrder): readonly ScheduleEvent[] {
  const { minimumYears, source } = recordClass(order.recordClass)
  if (order.years < minimumYears)
    throw new InvalidRequest('retention-too-short', 'The law asks for a longer period.', { minimumYears, source })
  if (order.years === schedule[order.recordClass])
    throw new Conflict('retention-unchanged', 'The period is as long as that already.')
  return [{ type: 'retention.period-set', data: order }]
}
