/** A log of many events, written fast: large requests, so that a batch costs one commit and one signature. */
import { randomBytes, randomUUID } from 'node:crypto'
import type { ProposedEvent } from '../../src/ledger/event.js'
import type { EventStore, StreamAppend } from '../../src/ledger/event-store.js'
import { sealedReference } from '../../src/ledger/payload.js'

const STREAMS_A_REQUEST = 20
const EVENTS_A_STREAM = 50
/** Requests under way at once: one is planned while two are written. */
const UNDER_WAY = 3
const PAYLOAD_BYTES = 600

const pool = (count: number): string[] => Array.from({ length: count }, () => randomUUID())

/** Who appears in the log: as many as a mid-sized programme has. */
export const cast = {
  subjects: pool(2_000),
  actors: pool(50),
  trials: pool(10),
  purposes: ['TREAT', 'HRESCH', 'CLINTRCH', 'PATRQT'],
  types: ['twin.observation-recorded', 'twin.condition-recorded', 'twin.medication-recorded'],
}

function anEvent(sequence: number, subject: string): ProposedEvent {
  const pick = <T>(items: readonly T[]): T => items[sequence % items.length]!
  const payload = randomBytes(PAYLOAD_BYTES)
  return {
    header: {
      id: randomUUID(),
      type: pick(cast.types),
      schema: 1,
      actor: { id: pick(cast.actors), role: 'steward', org: 'north' },
      purpose: pick(cast.purposes),
      subject,
      ...(sequence % 3 === 0 && { trial: pick(cast.trials) }),
      correlation: randomUUID(),
      payload: sealedReference(payload, randomUUID()),
    },
    payload,
  }
}

function aRequest(first: number, count: number): StreamAppend[] {
  const appends: StreamAppend[] = []
  for (let done = 0; done < count; done += EVENTS_A_STREAM) {
    const subject = cast.subjects[Math.floor((first + done) / EVENTS_A_STREAM) % cast.subjects.length]!
    const length = Math.min(EVENTS_A_STREAM, count - done)
    const events = Array.from({ length }, (_, index) => anEvent(first + done + index, subject))
    appends.push({ stream: `twin-${randomUUID()}`, expectedRevision: 'no-stream', events })
  }
  return appends
}

/** Appends until the log holds `size` events. */
export async function fillTo(store: EventStore, size: number): Promise<void> {
  let next = (await store.head()).size
  await Promise.all(
    Array.from({ length: UNDER_WAY }, async () => {
      while (next < size) {
        const first = next
        const count = Math.min(STREAMS_A_REQUEST * EVENTS_A_STREAM, size - first)
        next += count
        await store.append(aRequest(first, count))
      }
    }),
  )
}
