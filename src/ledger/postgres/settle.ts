/** What became of appends whose fate memory cannot tell: the log itself is asked, for all of them at once. */
import type { ClientBase } from 'pg'
import { Conflict, RevisionConflict } from '../../platform/errors.js'
import type { StoredEvent } from '../event.js'
import type { AppendResult } from '../event-store.js'
import type { WaitingAppend } from './append-plan.js'
import { EventReader } from './event-reader.js'

export type Settlement =
  /** It had been written: the first answer again. */
  | { kind: 'written'; result: AppendResult }
  | { kind: 'refused'; error: Error }
  /** Not written, and nothing speaks against it. */
  | { kind: 'open' }

export interface Settlements {
  /** One for each request, in their order. */
  settlements: Settlement[]
  /** The revisions of all their streams. */
  revisions: Map<string, number>
}

/** @param client one connection, which answers in the order it is asked in; in pipeline mode after everything that was sent before */
export async function settleAgainstLog(requests: readonly WaitingAppend[], client: ClientBase): Promise<Settlements> {
  const reader = new EventReader(client)
  const streams = new Set(requests.flatMap((request) => request.streams.map(({ stream }) => stream)))
  const ids = requests.flatMap((request) => templates(request).map(({ id }) => id))
  // Revisions first: an append that commits between the two is then found by its ids, and not taken for somebody else's.
  const [revisions, events] = await Promise.all([reader.revisionsOf([...streams]), reader.find(ids)])
  const found = new Map(events.map((event) => [event.header.id, event]))
  const checkpoint = found.size > 0 ? await currentCheckpoint(client) : ''
  return { settlements: requests.map((request) => settle(request, found, revisions, checkpoint)), revisions }
}

async function currentCheckpoint(client: ClientBase): Promise<string> {
  return (await client.query<{ checkpoint: string }>('select checkpoint from ledger.head')).rows[0]!.checkpoint
}

function settle(
  request: WaitingAppend,
  found: ReadonlyMap<string, StoredEvent>,
  revisions: ReadonlyMap<string, number>,
  checkpoint: string,
): Settlement {
  const wanted = templates(request)
  if (wanted.some(({ id }) => found.has(id))) {
    const events = wanted.map(({ id, stream, type }) => {
      const event = found.get(id)
      return event && event.header.stream === stream && event.header.type === type ? event : null
    })
    return events.every((event) => event !== null)
      ? { kind: 'written', result: { events: events.map(appended), checkpoint, replayed: true } }
      : { kind: 'refused', error: idReused() }
  }
  for (const { stream, expected } of request.streams) {
    const actual = revisions.get(stream)!
    const wantedRevision = expected === 'no-stream' ? -1 : expected
    if (wantedRevision !== 'any' && wantedRevision !== actual)
      return { kind: 'refused', error: new RevisionConflict(stream, expected, actual) }
  }
  return { kind: 'open' }
}

const templates = (request: WaitingAppend) =>
  request.streams.flatMap(({ events }) => events.map(({ template }) => template))

const appended = ({ position, header: { id, stream, revision, recordedAt } }: StoredEvent) => ({
  id,
  stream,
  revision,
  position,
  recordedAt,
})

function idReused(): Conflict {
  return new Conflict('event-id-reused', 'An event id of this request was used before, for something else.')
}
