/** The time the GDPR gives for an answer: one month, or three with reasons (Art 12(3)), counted as Regulation 1182/71 Art 3 does. */

const MONTHS = 1
const MONTHS_EXTENDED = 3

/** The last millisecond of the day on which an answer is due. RFC 3339, UTC. */
export const dueAt = (receivedAt: string): string => endOfDayAfterMonths(receivedAt, MONTHS)

export const extendedDueAt = (receivedAt: string): string => endOfDayAfterMonths(receivedAt, MONTHS_EXTENDED)

/** The day of the same number, or the last of a month that has none of that number. */
function endOfDayAfterMonths(from: string, months: number): string {
  const start = new Date(from)
  const [year, month, day] = [start.getUTCFullYear(), start.getUTCMonth() + months, start.getUTCDate()]
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month, Math.min(day, lastDay), 23, 59, 59, 999)).toISOString()
}
