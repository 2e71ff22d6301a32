/** A caller's request on its way into the queue: checked, its leaves written as far as they can be. */
import { InvalidRequest } from '../../platform/errors.js'
import { headerTemplate, MAX_LEAF_BYTES, type HeaderTemplate } from '../event-header.js'
import type { ProposedEvent } from '../event.js'
import type { AppendResult, StreamAppend } from '../event-store.js'
import type { WaitingAppend } from './append-plan.js'

/** Most events in one request: an atomic import of a long patient record. */
export const MAX_REQUEST_EVENTS = 10_000
/** `recordedAt`, `revision` and their quotes, at their longest. */
const ASSIGNED_BYTES = 64

function checked(appends: readonly StreamAppend[]): Pick<WaitingAppend, 'streams' | 'eventCount' | 'payloadBytes'> {
  const streams: WaitingAppend['streams'] = []
  const ids = new Set<string>()
  let eventCount = 0
  let payloadBytes = 0
  for (const { stream, expectedRevision: expected, events } of appends) {
    if (streams.some((other) => other.stream === stream))
      refuse('stream-repeated', 'A stream is named once in an append.')
    eventCount += events.length
    for (const { payload } of events) payloadBytes += payload.length
    if (eventCount > MAX_REQUEST_EVENTS)
      refuse('append-too-large', `An append holds at most ${MAX_REQUEST_EVENTS} events.`)
    const written = events.map((event) => ({ template: checkedTemplate(stream, event), payload: event.payload }))
    for (const { template } of written) ids.add(template.id)
    streams.push({ stream, expected, events: written })
  }
  if (eventCount === 0) refuse('append-empty', 'An append holds at least one event.')
  if (ids.size !== eventCount) refuse('event-id-repeated', 'An append holds the same event id twice.')
  return { streams, eventCount, payloadBytes }
}

function checkedTemplate(stream: string, event: ProposedEvent): HeaderTemplate {
  const template = headerTemplate(stream, event)
  // The whitelist leaves ASCII only: characters are bytes.
  if (template.head.length + template.middle.length + template.tail.length + ASSIGNED_BYTES > MAX_LEAF_BYTES)
    refuse('event-invalid', 'The event header is longer than a log entry can be.')
  return template
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
  const { streams, eventCount, payloadBytes } = checked(appends)
  return { request: { streams, eventCount, payloadBytes, attempts: 0, resolve, reject }, answer }
}
