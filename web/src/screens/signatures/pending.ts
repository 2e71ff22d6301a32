/** What the person is about to do once they have authenticated: kept while they are at the issuer's page. */
export interface Pending {
  /** The record it was begun on. */
  stream: string
  act: { do: 'attest'; printedName: string } | { do: 'sign'; request: string }
}

const KEY = 'twin-ledger.signing'

export function keepPending(pending: Pending): void {
  sessionStorage.setItem(KEY, JSON.stringify(pending))
}

/** Handed out once, to the record it was begun on. */
export function takePending(stream: string): Pending['act'] | undefined {
  const kept = sessionStorage.getItem(KEY)
  if (kept === null) return undefined
  const pending = JSON.parse(kept) as Pending
  if (pending.stream !== stream) return undefined
  sessionStorage.removeItem(KEY)
  return pending.act
}
