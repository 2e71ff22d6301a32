/** The golden events: one stored event of each type and schema that this service ever wrote, and what was made of it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EventHeader } from '../../../src/ledger/event.js'
import { projectRoot } from '../../../src/platform/project-root.js'

export interface GoldenEvent {
  /** In the order in which they came: states are folded in it, so that a new event changes no earlier one. */
  position: number
  /** As in the log. Of a sealed event, `payload` is about the clear bytes, because the key is not kept. */
  header: EventHeader
  /** In the clear, whether or not it is sealed in the ledger. */
  payload: object
  reading: GoldenReading
}

/** What the code made of the event. */
export interface GoldenReading {
  sentence: string
  /** For a reader to whom the payload is closed. */
  sentenceWithoutPayload: string
  /** Digest of the state after this event and those of its stream before it; null where no decision model folds it. */
  state: string | null
}

export const GOLDEN_FOLDER = join(projectRoot(), 'tests', 'golden', 'events')

export const goldenName = ({ type, schema }: Pick<EventHeader, 'type' | 'schema'>): string => `${type}.v${schema}`

/** By name, in the order of their positions; see goldenName. */
export function readGoldenEvents(): Map<string, GoldenEvent> {
  const files = readdirSync(GOLDEN_FOLDER).filter((name) => name.endsWith('.json'))
  const read = files.map((file): [string, GoldenEvent] => [
    file.slice(0, -'.json'.length),
    JSON.parse(readFileSync(join(GOLDEN_FOLDER, file), 'utf8')) as GoldenEvent,
  ])
  return new Map(read.sort(([, one], [, other]) => one.position - other.position))
}

export function writeGoldenEvent(golden: GoldenEvent): void {
  writeFileSync(join(GOLDEN_FOLDER, `${goldenName(golden.header)}.json`), `${JSON.stringify(golden, null, 2)}\n`)
}
