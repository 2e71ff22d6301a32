/** Access to one person's record that ends by itself, or earlier. */
export interface TimeBoxed {
  /** RFC 3339; exclusive. Absent: it was never opened. */
  readonly until?: string
  readonly closedAt?: string
}

/** @param at RFC 3339 in UTC with milliseconds, as the log writes times */
export function isOpen({ closedAt, until }: TimeBoxed, at: string): boolean {
  return closedAt === undefined && until !== undefined && at < until
}

const HOUR_MS = 3_600_000

/** When what is opened at this time ends by itself. RFC 3339. */
export const endAfter = (openedAt: string, hours: number): string =>
  new Date(Date.parse(openedAt) + hours * HOUR_MS).toISOString()
