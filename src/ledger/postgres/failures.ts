/** What a database error says about an append. */
import { sqlState } from '../../platform/database/sql-state.js'
import { TwinLedgerError, Unavailable } from '../../platform/errors.js'

/** SQLSTATE classes after which it is not known whether the transaction committed: connection and operator shutdown. */
const UNKNOWN_CLASSES = ['08', '57']

/** True when the statement may or may not have been committed. Without a SQLSTATE it was the connection that failed. */
export function isOutcomeUnknown(error: Error): boolean {
  if (error instanceof TwinLedgerError) return false
  const state = sqlState(error)
  return state === undefined || UNKNOWN_CLASSES.includes(state.slice(0, 2))
}

/** SQLSTATE classes of trouble that passes: lost connections, operator shutdown, rollbacks, missing resources. */
const PASSING_CLASSES = ['08', '40', '53', '55', '57']

/** True for trouble with the database that another try may find gone; false for what it said about us or our data. */
export function mayPass(error: unknown): boolean {
  if (error instanceof TwinLedgerError || error instanceof SyntaxError || error instanceof TypeError) return false
  const state = sqlState(error)
  return state === undefined || PASSING_CLASSES.includes(state.slice(0, 2))
}

/** SQLSTATE classes of a statement that fails because of what is in it: data, constraints, limits of the program. */
const OWN_FAULT_CLASSES = ['22', '23', '54']

/** True when another statement might succeed where this one failed. */
export function isOwnFault(error: Error): boolean {
  return OWN_FAULT_CLASSES.includes(sqlState(error)?.slice(0, 2) ?? '')
}

/** SQLSTATE 53100; the most common of the failures an operator can mend. */
const DISK_FULL = '53100'

export function storeUnavailable(
  during: 'connection' | 'statement' | 'contention' | 'lookup',
  cause?: unknown,
): Unavailable {
  const state = sqlState(cause ?? {})
  const message =
    state === DISK_FULL
      ? 'The ledger has no disk space left; the event was not recorded.'
      : 'The ledger cannot record events now; the same request may be sent again.'
  return new Unavailable('store-unavailable', message, { during, ...(state && { sqlState: state }) }, { cause })
}
