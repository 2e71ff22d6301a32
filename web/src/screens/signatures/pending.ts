/** What the person is about to do once they have authenticated: kept while they are at the issuer's page. */
interface Pending {
  /** The record it was begun on. */
  stream: string
  act: { do: 'attest'; printedName: string } | { do: 'sign'; request: string }
}

const KEY = 'twin-ledger.signing'
let confirmed: Pending | undefined

export function keepPending(pending: Pending): void {
  sessionStorage.setItem(KEY, JSON.stringify(pending))
}

/**
 * Lets what was begun go on, when the person has authenticated for it. Whoever came back in another way, by the browser's own
 * button or because the issuer refused, has to begin anew: nothing is declared or signed behind their back.
 */
export function confirmPending(authenticated: boolean): void {
  const kept = sessionStorage.getItem(KEY)
  sessionStorage.removeItem(KEY)
  confirmed = authenticated && kept !== null ? (JSON.parse(kept) as Pending) : undefined
}

/** Handed out once, to the record it was begun on. */
export function takePending(stream: string): Pending['act'] | undefined {
  if (confirmed?.stream !== stream) return undefined
  const { act } = confirmed
  confirmed = undefined
  return act
}
