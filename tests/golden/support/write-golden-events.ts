/**
 * Writes a golden event for each type and schema that has none. Those there are stay as they are: they stand for what lies in logs.
 *
 * @param accept takes what today's code makes of the events for what it should; for a change that was wanted
 */
import { EVENT_TYPES } from '../../../src/app.module.js'
import { EventCatalogue } from '../../../src/journal/event-catalogue.js'
import { readEventDataTypes } from './event-data-types.js'
import { foldedStates } from './folds.js'
import { goldenName, readGoldenEvents, writeGoldenEvent } from './golden-event.js'
import { madeUpEvent, sentencesOf } from './make-golden-event.js'

/** Names of the events that were written. */
export function writeGoldenEvents({ accept }: { accept: boolean }): string[] {
  const catalogue = new EventCatalogue(EVENT_TYPES)
  const known = readGoldenEvents()
  const missing = catalogue.all().filter((definition) => !known.has(goldenName(definition)))
  const dataTypes = missing.length > 0 ? readEventDataTypes() : undefined
  const next = Math.max(-1, ...[...known.values()].map(({ position }) => position)) + 1
  const made = missing.map((definition, index) => ({
    position: next + index,
    ...madeUpEvent(definition, dataTypes!),
  }))
  const all = [...known.values(), ...made]
  const states = foldedStates(catalogue, all)
  const written = accept ? all : made
  for (const { position, header, payload } of written) {
    const reading = { ...sentencesOf(catalogue, header, payload), state: states.get(goldenName(header)) ?? null }
    writeGoldenEvent({ position, header, payload, reading })
  }
  return written.map(({ header }) => goldenName(header))
}
