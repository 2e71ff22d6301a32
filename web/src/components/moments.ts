/** Moments between the address, which holds RFC 3339, and fields, which hold the reader's own time zone. */

/** @returns what a `datetime-local` field shows */
export function localTime(at: string | undefined): string {
  if (at === undefined) return ''
  const date = new Date(at)
  // An address can be written by hand; what is no time there is the service's to refuse.
  if (Number.isNaN(date.getTime())) return ''
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** The moment that a `datetime-local` field means, in UTC. */
export function moment(field: string | undefined): string | undefined {
  return field ? new Date(field).toISOString() : undefined
}
