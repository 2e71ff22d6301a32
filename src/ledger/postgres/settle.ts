/** What became of an append whose fate is not known from memory: the log itself is asked. */
import { Conflict, RevisionConflict } from '../../platform/errors.js'
import type { AppendResult } from '../event-store.js'
import type { WaitingAppend } from './append-plan.js'
import type { EventReader } from './event-reader.js'

export type Settlement =
  /** It had been written: the first answer again. */
  | { kind: 'written'; result: AppendResult }
  | { kind: 'refused'; error: Error }
  /** Not written, and nothing speaks against it: `revisions` are the streams' true ones. */
  | { kind: 'open'; revisions: Map<string, number> }

export async function settleAgainstLog(
  request: WaitingAppend,
  reader: EventReader,
  checkpoint: string,
): Promise<Settlement> {
  const wanted = request.streams.flatMap(({ events }) => events.map(({ template }) => template))
  const found = new Map((await reader.find(wanted.map(({ id }) => id))).map((event) => [event.header.id, event]))
  if (found.size > 0) {
    const events = wanted.map(({ id, stream, type }) => {
      const event = found.get(id)
      return event && event.header.stream === stream && event.header.type === type ? event : null
    })
    if (!events.every((event) => event !== null)) return { kind: 'refused', error: idReused() }
    const result = {
      events: events.map(({ position, header }) => ({
        id: header.id,
        stream: header.stream,
        revision: header.revision,
        position,
        recordedAt: header.recordedAt,
      })),
      checkpoint,
      replayed: true,
    }
    return { kind: 'written', result }
  }

  const revisions = await reader.revisionsOf(request.streams.map(({ stream }) => stream))
  for (const { stream, expected } of request.streams) {
    const actual = revisions.get(stream)!
    const wantedRevision = expected === 'no-stream' ? -1 : expected
    if (wantedRevision !== 'any' && wantedRevision !== actual)
      return { kind: 'refused', error: new RevisionConflict(stream, expected, actual) }
  }
  return { kind: 'open', revisions }
}

function idReused(): Conflict {
  return new Conflict('event-id-reused', 'An event id of this request was used before, for something else.')
}
