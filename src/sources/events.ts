/** Which systems and devices data is taken from (21 CFR 11.10(h)). One stream: sources are few and are read as a whole. */
import { eventTypes, type DomainEvent } from '../journal/event-type.js'

/** Random, fixed for ever. */
export const SOURCES_STREAM = 'sources-8f0d3c1a-6b52-4f7e-9a41-2d8c5e7b9013'

export const SOURCE_KINDS = ['record-system', 'laboratory', 'device', 'import-file', 'registry'] as const
export type SourceKind = (typeof SOURCE_KINDS)[number]

/** `source`: the name under which the data arrives, as `meta.source` or `X-Source-System` states it. */
export type SourceRegistered = DomainEvent<'source.registered', { source: string; kind: SourceKind }>
export type SourceRevoked = DomainEvent<'source.revoked', { source: string }>

export type SourceEvent = SourceRegistered | SourceRevoked

export const SOURCE_EVENT_TYPES = eventTypes<SourceEvent>({
  'source.registered': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data ? `The source ${data.source} (${data.kind}) was registered: its data is taken.` : 'A source was registered.',
  },
  'source.revoked': {
    schema: 1,
    sealedUnder: null,
    describe: (data, { reason }) =>
      data ? `The source ${data.source} was revoked (${reason}): its data is refused.` : 'A source was revoked.',
  },
})
