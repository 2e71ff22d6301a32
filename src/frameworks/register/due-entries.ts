/** Which entries somebody has to look at. Pure. */
import type { LegalEntryState } from './legal-entry.js'
import { DUE_REASONS, type DueReason } from './vocabulary.js'

export interface DueLimits {
  /** `YYYY-MM-DD`. */
  today: string
  /** Days after which an entry is checked again. */
  uncheckedDays: number
  /** Days before a date of application on which it is announced. */
  withinDays: number
}

const DAY_MS = 86_400_000

/** Why an entry in force is due; empty when it is not, and for what is not in force. */
export function dueReasons(
  { standing, entry, lastCheck }: LegalEntryState,
  { today, uncheckedDays, withinDays }: DueLimits,
): DueReason[] {
  if (entry === null || standing === 'retired') return []
  const { lastChecked } = entry
  const dates = [entry.inForce, ...entry.appliesFrom].flatMap((date) => (date === null ? [] : [firstDay(date)]))
  const reasons: Record<DueReason, boolean> = {
    'never-checked': lastChecked === null,
    'check-overdue': lastChecked !== null && lastChecked < plusDays(today, -uncheckedDays),
    'found-changed': lastCheck?.outcome === 'changed',
    'source-unreachable': lastCheck?.outcome === 'source-unreachable',
    'applies-soon': dates.some((date) => date > today && date <= plusDays(today, withinDays)),
    'came-to-apply': lastChecked !== null && dates.some((date) => date > lastChecked && date <= today),
  }
  return DUE_REASONS.filter((reason) => reasons[reason])
}

/** The first day of a year, a month or a day, whatever region stands in front of it. */
export function firstDay(date: string): string {
  const [year, month = '01', day = '01'] = date.slice(date.lastIndexOf(' ') + 1).split('-')
  return `${year}-${month}-${day}`
}

function plusDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
}
