/** A caller's request on its way into the queue: checked, its leaves written as far as they can be. */
import { InvalidRequest } from '../../platform/errors.js'
import { headerTemplate, MAX_LEAF_BYTES } from '../event-header.js'
import type { AppendResult, StreamAppend } from '../event-store.js'
import type { WaitingAppend } from './append-plan.js'

/** Most events in one request: an atomic import of a long patient record. */
export const MAX_REQUEST_EVENTS = 10_000
/** `recordedAt`, `revision` and their quotes, at their longest. */
const ASSIGNED_BYTES = 64

function checked(appends: readonly StreamAppend[]): Omit<WaitingAppend, 'resolve' | 'reject'> {
  const names = new Set(appends.map(({ stream }) => stream))
  if (names.size !== appends.length) refuse('stream-repeated', 'A stream is named once in an append.')
  const streams = appends.map(({ stream, expectedRevision, events }) => ({
    stream,
    expected: expectedRevision,
    events: events.map((event) => ({ template: headerTemplate(stream, event), payload: event.payload })),
  }))
  const all = streams.flatMap(({ events }) => events)
  if (all.length === 0) refuse('append-empty', 'An append holds at least one event.')
  if (all.length > MAX_REQUEST_EVENTS)
    refuse('append-too-large', `An append holds at most ${MAX_REQUEST_EVENTS} events.`)
  if (new Set(all.map(({ template }) => template.id)).size !== all.length)
    refuse('event-id-repeated', 'An append holds the same event id twice.')
  for (const { template } of all) {
    const bytes = Buffer.byteLength(template.head) + template.middle.length + template.tail.length + ASSIGNED_BYTES
    if (bytes > MAX_LEAF_BYTES) refuse('event-invalid', 'The event header is longer than a log entry can be.')
  }
  return { streams, eventCount: all.length, attempts: 0 }
}

function refuse(code: string, message: string): never {
  throw new InvalidRequest(code, message)
}

/**
 * A request for the queue, and the promise its caller holds.
 *
 * @throws InvalidRequest `event-invalid`, `append-empty`, `append-too-large`, `event-id-repeated` or `stream-repeated`
 */
export function waitingAppend(appends: readonly StreamAppend[]): {
  request: WaitingAppend
  answer: Promise<AppendResult>
} {
  let resolve!: WaitingAppend['resolve']
  let reject!: WaitingAppend['reject']
  const answer = new Promise<AppendResult>((onResolve, onReject) => {
    resolve = onResolve
    reject = onReject
  })
  return { request: { ...checked(appends), resolve, reject }, answer }
}
