/** The server's refusals: as a status of the call with trailers, and as a status inside a batch answer. */
import { Metadata, status, type StatusObject } from '@grpc/grpc-js'
import codes from '@eventstore/db-client/generated/code_pb.js'
import shared from '@eventstore/db-client/generated/shared_pb.js'
import rpc from '@eventstore/db-client/generated/status_pb.js'
import any from 'google-protobuf/google/protobuf/any_pb.js'
import empty from 'google-protobuf/google/protobuf/empty_pb.js'
import type { WrongExpectedVersion } from '@eventstore/db-client/generated/shared_pb.js'
import type { Status } from '@eventstore/db-client/generated/status_pb.js'
import { type Expected, NO_STREAM } from './records.js'

/** A call that ends with a status other than OK. */
export class CallFailure extends Error implements Partial<StatusObject> {
  readonly metadata = new Metadata()

  constructor(
    readonly code: status,
    readonly details: string,
    trailers: Record<string, string> = {},
  ) {
    super(details)
    for (const [key, value] of Object.entries(trailers)) this.metadata.set(key, value)
  }
}

/** The server's numbers for what a writer may expect beside a revision. */
const EXPECTED_NUMBERS = { any: -2n, 'no-stream': -1n, 'stream-exists': -4n } as const

export const notReady = (): CallFailure => new CallFailure(status.UNAVAILABLE, 'Server Is Not Ready')

export const notLeader = (host: string, port: number): CallFailure =>
  new CallFailure(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  })

export const leaderUnknown = (): CallFailure => new CallFailure(status.UNKNOWN, 'No leader info available in response')

export const accessDenied = (): CallFailure =>
  new CallFailure(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' })

export const commitTimeout = (): CallFailure =>
  new CallFailure(status.ABORTED, 'Operation timed out: Commit phase timeout.')

export const streamDeleted = (stream: string): CallFailure =>
  new CallFailure(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  })

export const appendTooLarge = (limit: number): CallFailure =>
  new CallFailure(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(limit),
  })

export const propertyMissing = (property: string): CallFailure =>
  new CallFailure(status.INVALID_ARGUMENT, `Required Metadata Property '${property}' is missing`, {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': 'type,content-type',
  })

export const invalidSubscriptionPosition = (): CallFailure =>
  new CallFailure(status.INVALID_ARGUMENT, 'Trying to read from an invalid position.')

export const invalidReadPosition = (): CallFailure =>
  new CallFailure(status.UNKNOWN, 'Unexpected ReadAllResult: InvalidPosition')

/** How a delete reports it; an append has a message of its own. */
export function wrongExpectedVersion(stream: string, expected: Expected, current: bigint): CallFailure {
  const wanted = typeof expected === 'bigint' ? expected : EXPECTED_NUMBERS[expected]
  const text = `Delete failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${wanted}, Actual version: ${current}`
  return new CallFailure(status.FAILED_PRECONDITION, text, {
    exception: 'wrong-expected-version',
    'stream-name': stream,
    'expected-version': String(wanted),
    'actual-version': String(current),
  })
}

export const batchNotReady = (): Status => untyped('Server Is Not Ready')

export const batchLeaderUnknown = (): Status => untyped('No leader info available in response')

export const batchAccessDenied = (): Status =>
  typed('AccessDenied', codes.Code.PERMISSION_DENIED, new shared.AccessDenied())

export const batchTimeout = (): Status => typed('Timeout', codes.Code.DEADLINE_EXCEEDED, new shared.Timeout())

export const batchBadRequest = (message: string): Status =>
  typed('BadRequest', codes.Code.INVALID_ARGUMENT, new shared.BadRequest().setMessage(message))

export function batchStreamDeleted(stream: string): Status {
  const identifier = new shared.StreamIdentifier().setStreamName(Buffer.from(stream))
  return typed('StreamDeleted', codes.Code.NOT_FOUND, new shared.StreamDeleted().setStreamIdentifier(identifier))
}

export const batchTooLarge = (limit: number): Status =>
  typed(
    'MaximumAppendSizeExceeded',
    codes.Code.INVALID_ARGUMENT,
    new shared.MaximumAppendSizeExceeded().setMaxappendsize(limit),
  )

export const batchWrongExpectedVersion = (expected: Expected, current: bigint): Status =>
  typed('WrongExpectedVersion', codes.Code.ALREADY_EXISTS, conflictDetails(expected, current))

function conflictDetails(expected: Expected, current: bigint): WrongExpectedVersion {
  const details = new shared.WrongExpectedVersion()
  if (current === NO_STREAM) details.setCurrentNoStream(new empty.Empty())
  else details.setCurrentStreamRevision(String(current))
  if (expected === 'any') details.setExpectedAny(new empty.Empty())
  else if (expected === 'no-stream') details.setExpectedNoStream(new empty.Empty())
  else if (expected === 'stream-exists') details.setExpectedStreamExists(new empty.Empty())
  else details.setExpectedStreamPosition(String(expected))
  return details
}

/** A status whose details name one of the protocol's error messages. */
function typed(name: string, code: Status['getCode'] extends () => infer C ? C : never, details: Message): Status {
  const packed = new any.Any()
  packed.pack(details.serializeBinary(), `event_store.client.${name}`)
  return new rpc.Status().setCode(code).setMessage(name).setDetails(packed)
}

/** A status that says what happened in words only; the server leaves its code at OK. */
function untyped(message: string): Status {
  const packed = new any.Any()
  packed.pack(new empty.Empty().serializeBinary(), 'google.protobuf.Empty')
  return new rpc.Status().setMessage(message).setDetails(packed)
}

interface Message {
  serializeBinary(): Uint8Array
}
