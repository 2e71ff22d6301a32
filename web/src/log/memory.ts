/** What this browser remembers of a log: the key it was first shown, and the last checkpoint it verified. */
export interface RememberedLog {
  verifierKey: string
  /** The last verified checkpoint as it was served; none before the first verification. */
  note?: string
  /** When it was verified, RFC 3339. */
  seenAt?: string
}

const keyOf = (origin: string): string => `twin-ledger.log.${origin}`

export function recall(origin: string): RememberedLog | undefined {
  const kept = localStorage.getItem(keyOf(origin))
  return kept === null ? undefined : (JSON.parse(kept) as RememberedLog)
}

export function remember(origin: string, log: RememberedLog): void {
  localStorage.setItem(keyOf(origin), JSON.stringify(log))
}

export function forget(origin: string): void {
  localStorage.removeItem(keyOf(origin))
}
