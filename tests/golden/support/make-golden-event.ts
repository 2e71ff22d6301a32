import type { EventCatalogue } from '../../../src/journal/event-catalogue.js'
import type { EventType } from '../../../src/journal/event-type.js'
import { canonicalJson } from '../../../src/ledger/canonical-json.js'
import type { EventHeader } from '../../../src/ledger/event.js'
import { clearPayload } from '../../../src/ledger/payload.js'
import { goldenName } from './golden-event.js'
import { sampleOf, uuidOf } from './sample-data.js'
import type { EventDataTypes } from './event-data-types.js'

/** An event of this type as today's code would store it, with made-up data. */
export function madeUpEvent(
  definition: EventType,
  { checker, types }: EventDataTypes,
): { header: EventHeader; payload: object } {
  const { type, schema, sealedUnder } = definition
  const data = sampleOf(types.get(type)!, checker) as object
  const category = type.slice(0, type.indexOf('.'))
  const isSealed = (typeof sealedUnder === 'function' ? sealedUnder(data) : sealedUnder) !== null
  const { reference } = clearPayload(data)
  const header: EventHeader = {
    id: uuidOf(type),
    stream: `${category}-${uuidOf(category)}`,
    revision: 0,
    type,
    schema,
    recordedAt: '2026-01-15T10:00:00.000Z',
    actor: { id: uuidOf('actor'), role: 'investigator', org: 'made-up-org' },
    purpose: 'CLINTRCH',
    reason: 'made-up-reason',
    subject: uuidOf('subject'),
    trial: uuidOf('trial'),
    correlation: uuidOf('correlation'),
    causation: uuidOf('causation'),
    payload: isSealed ? { ...reference, enc: 'A256GCM', kid: uuidOf('kid') } : reference,
  }
  return { header, payload: JSON.parse(canonicalJson(data)) as object }
}

/** What has no golden event: each type, in each schema that it was ever written in. */
export function missingNames(definitions: readonly EventType[], known: ReadonlyMap<string, unknown>): string[] {
  const wanted = definitions.flatMap(({ type, schema: latest }) =>
    Array.from({ length: latest }, (_, index) => goldenName({ type, schema: index + 1 })),
  )
  return wanted.filter((name) => !known.has(name))
}

/** What today's code says of an event, without its state. */
export function sentencesOf(catalogue: EventCatalogue, header: EventHeader, payload: object) {
  return { sentence: catalogue.describe(header, payload), sentenceWithoutPayload: catalogue.describe(header, null) }
}
