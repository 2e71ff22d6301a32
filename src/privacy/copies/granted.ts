import { Conflict } from '../../platform/errors.js'
import type { RequestKind } from '../codes.js'
import type { KnownRequest } from '../requests/request-journal.js'

/** A copy is handed out on a request of its kind that was granted. @throws Conflict `privacy-copy-not-granted` */
export function requireGranted({ received, outcome }: KnownRequest, kind: RequestKind): void {
  if (received.kind === kind && (outcome === 'granted' || outcome === 'partial')) return
  throw new Conflict('privacy-copy-not-granted', 'This copy was not granted by this request.')
}
