import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { EventCatalogue } from '../../journal/event-catalogue.js'
import type { EventType } from '../../journal/event-type.js'
import type { EventHeader } from '../../ledger/event.js'

export interface EventTypeDescription {
  type: string
  schema: number
  /** Key class that seals the payload; `null`: never sealed; `by-content`: it depends on what is recorded. */
  sealedUnder: string | null
  /** What such an event says to a reader who sees no value. */
  sentence: string
}

/** Every type of event that the log can hold. */
export class ListEventTypes extends Query<EventTypeDescription[]> {}

@QueryHandler(ListEventTypes)
export class ListEventTypesHandler implements IQueryHandler<ListEventTypes> {
  constructor(private readonly catalogue: EventCatalogue) {}

  async execute(): Promise<EventTypeDescription[]> {
    return [...this.catalogue.all()].sort((one, other) => (one.type < other.type ? -1 : 1)).map(described)
  }
}

function described(definition: EventType): EventTypeDescription {
  const { type, schema, sealedUnder, describe } = definition
  return {
    type,
    schema,
    sealedUnder: typeof sealedUnder === 'function' ? 'by-content' : sealedUnder,
    sentence: describe(null, { ...PLACEHOLDERS, type, schema }),
  }
}

const SOME_ID = '00000000-0000-4000-8000-000000000000'
/** Where a sentence quotes the header, it shows what would stand there. */
const PLACEHOLDERS: EventHeader = {
  id: SOME_ID,
  stream: `stream-${SOME_ID}`,
  revision: 0,
  type: '',
  schema: 1,
  recordedAt: '1970-01-01T00:00:00.000Z',
  actor: { id: SOME_ID, role: 'role' },
  purpose: 'purpose',
  reason: 'reason',
  correlation: SOME_ID,
  payload: { alg: 'sha-256', digest: '', size: 0 },
}
