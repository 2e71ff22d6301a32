/** What an error of the KurrentDB client says about a call. */
import {
  AccessDeniedError,
  MaxAppendSizeExceededError,
  StreamDeletedError,
  UnsupportedError,
  WrongExpectedVersionError,
} from '@eventstore/db-client'
import {
  ConfigurationError,
  IntegrityError,
  InvalidRequest,
  TwinLedgerError,
  Unavailable,
} from '../../platform/errors.js'

/** True when another writer was first. */
export const isElsewhere = (error: unknown): boolean => error instanceof WrongExpectedVersionError

/** The same in our words. Without a better word the cluster is away, and an append may or may not have been written. */
export function clusterFailure(error: unknown): TwinLedgerError {
  if (error instanceof TwinLedgerError) return error
  if (error instanceof MaxAppendSizeExceededError)
    return new InvalidRequest('append-too-large', 'An append is larger than the event cluster takes in one step.', {
      limit: error.maxAppendSize,
    })
  if (error instanceof AccessDeniedError || error instanceof UnsupportedError)
    return new ConfigurationError(
      'The event cluster does not let EVENTSTORE_URL read and append the stream of the log.',
    )
  if (error instanceof StreamDeletedError)
    return new IntegrityError('log-rolled-back', 'The stream of the log was deleted in the event cluster.')
  return clusterAway(error)
}

export function clusterAway(cause?: unknown): Unavailable {
  return new Unavailable(
    'store-unavailable',
    'The ledger cannot record events now; the same request may be sent again.',
    { during: 'cluster' },
    { cause },
  )
}
