import type { Caller } from '../session/use-session.js'
import { read } from './http.js'

/** What the ledger grants whoever is signed in. */
export async function readMe(signal?: AbortSignal): Promise<Caller> {
  const me = await read<Omit<Caller, 'trials'> & { trials?: string[] }>('/api/v1/roster/me', {}, signal)
  return { ...me, trials: me.trials ?? [] }
}
