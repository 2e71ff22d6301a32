import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js'
import type { LogRecord } from './records.js'

/** What the server considers before it looks whether a checkpoint is due, when the caller does not say. */
const DEFAULT_WINDOW = 32

/** True for the events of `$all` that the caller asked for, by type or stream, by prefix or regular expression. */
export function eventFilter(options: ReadReq.Options): (record: LogRecord) => boolean {
  const filter = options.getFilter()
  const byType = filter?.getEventType()
  const expression = byType ?? filter?.getStreamIdentifier()
  if (expression === undefined) return () => true
  const nameOf = (record: LogRecord): string => (byType === undefined ? record.stream : record.type)
  const prefixes = expression.getPrefixList()
  if (expression.getRegex() === '') return (record) => prefixes.some((prefix) => nameOf(record).startsWith(prefix))
  const pattern = new RegExp(expression.getRegex())
  return (record) => pattern.test(nameOf(record))
}

/** After so many considered events a filtered subscription is told how far it is; null without a filter. */
export function checkpointInterval(options: ReadReq.Options): number | null {
  const filter = options.getFilter()
  if (filter === undefined) return null
  return filter.getCheckpointintervalmultiplier() * (filter.hasMax() ? filter.getMax() : DEFAULT_WINDOW)
}
