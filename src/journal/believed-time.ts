/**
 * The time by which rights are judged: the clock's, unless it stands behind what is recorded already. A clock that was set back
 * revives no right that had ended. Pure.
 *
 * @param clock RFC 3339 in UTC with milliseconds, as the log writes times
 * @param lastRecordedAt when the newest event known was recorded; null when there is none
 */
export function believedTime(clock: string, lastRecordedAt: string | null): string {
  return lastRecordedAt !== null && lastRecordedAt > clock ? lastRecordedAt : clock
}
