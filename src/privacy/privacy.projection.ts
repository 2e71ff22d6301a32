/** Read models of requests, erasures, legal holds and notices to recipients: codes and ids alone. */
import type { ProjectedEvent, Projection, ProjectionSql } from '../projections/projection.js'
import type { ForgettingEvent } from './forgetting/events.js'
import type { RequestEvent } from './requests/events.js'
import { requestOfStream } from './requests/request-state.js'

type PrivacyEvent = RequestEvent | ForgettingEvent
type Type = PrivacyEvent['type']
type Recorded<T extends Type> = ProjectedEvent & { data: Extract<PrivacyEvent, { type: T }>['data'] }
/** A statement and its values; null when the event changes no row. */
type Step<T extends Type> = (event: Recorded<T>) => [statement: string, values: unknown[]] | null

export class PrivacyProjection implements Projection {
  readonly name = 'privacy'
  readonly version = 1
  readonly tables = ['privacy_request', 'erasure', 'legal_hold', 'recipient_notice'] as const

  async apply(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
    for (const event of events) {
      const step = STEPS[event.header.type as Type] as Step<Type> | undefined
      const change = step && event.data !== null ? step(event as Recorded<Type>) : null
      if (change) await sql.query(...change)
    }
  }
}

const STEPS: { readonly [T in Type]?: Step<T> } = {
  'privacy.request-received': ({ header, position, data }) => [
    `insert into privacy_request (request, subject, kind, channel, status, received_at, due_at, first_position, position)
     values ($1, $2, $3, $4, 'received', $5, $6, $7, $7)`,
    [requestOfStream(header.stream), header.subject, data.kind, data.channel, data.receivedAt, data.dueAt, position],
  ],
  'privacy.requester-identified': (event) => (event.data.confirmed ? request(event, `status = 'identified'`) : null),
  'privacy.request-extended': (event) => request(event, 'extended = true, due_at = $3', event.data.dueAt),
  'privacy.request-prepared': (event) => request(event, `status = 'prepared'`),
  'privacy.request-held': (event) => request(event, `status = 'held'`),
  'privacy.request-reopened': (event) =>
    request(event, `status = 'prepared', outcome = null, ground = null, decided_at = null, answered_at = null`),
  'privacy.request-decided': (event) =>
    request(
      event,
      `status = 'decided', outcome = $3, ground = $4, decided_at = $5`,
      event.data.outcome,
      event.data.grounds[0] ?? null,
      event.header.recordedAt,
    ),
  'privacy.request-answered': (event) =>
    request(event, `status = 'answered', answered_at = $3`, event.header.recordedAt),
  'privacy.request-overdue': (event) => request(event, 'overdue_at = $3', event.header.recordedAt),

  'privacy.hold-requested': ({ header, position, data }) => [
    `insert into legal_hold
       (hold, subject, status, requested_by, ground, requester, requested_at, first_position, position)
     values ($1, $2, 'requested', $3, $4, $5, $6, $7, $7)`,
    [data.hold, header.subject, data.requestedBy, data.ground, header.actor.id, header.recordedAt, position],
  ],
  'privacy.hold-refused': (event) =>
    hold(event, `status = 'refused', refusal = $3, ended_at = $4`, event.data.reason, event.header.recordedAt),
  'privacy.hold-placed': ({ header, position, data }) => [
    `insert into legal_hold (hold, subject, status, requested_by, ground, placed_at, first_position, position)
     values ($1, $2, 'placed', $3, $4, $5, $6, $6)
     on conflict (hold) do update
        set status = excluded.status, placed_at = excluded.placed_at, position = excluded.position`,
    [data.hold, header.subject, data.requestedBy, data.ground, header.recordedAt, position],
  ],
  'privacy.hold-approved': (event) => hold(event, `status = 'approved'`),
  'privacy.hold-rejected': (event) => hold(event, `status = 'rejected', ended_at = $3`, event.header.recordedAt),
  'privacy.hold-lifting-requested': (event) => hold(event, 'lifting_requested_at = $3', event.header.recordedAt),
  'privacy.hold-lifting-refused': (event) => hold(event, 'lifting_requested_at = null'),
  'privacy.hold-lifted': (event) => hold(event, `status = 'lifted', ended_at = $3`, event.header.recordedAt),

  'privacy.erasure-decided': ({ header, position, data }) => [
    `insert into erasure (erasure, request, subject, status, ground, classes, decided_at, first_position, position)
     values ($1, $2, $3, 'decided', $4, $5, $6, $7, $7)`,
    [data.erasure, data.request, header.subject, data.ground, data.classes, header.recordedAt, position],
  ],
  'privacy.erasure-suspended': (event) =>
    erasure(event, `status = 'suspended', confirmed_at = null, started_at = null`),
  'privacy.erasure-reopened': (event) => erasure(event, `status = 'decided'`),
  'privacy.erasure-confirmed': (event) =>
    erasure(event, `status = 'confirmed', confirmed_at = $3`, event.header.recordedAt),
  'privacy.erasure-started': (event) => erasure(event, `status = 'started', started_at = $3`, event.header.recordedAt),
  'privacy.erasure-stopped': (event) => erasure(event, `status = 'stopped'`),
  'privacy.keys-destroyed': (event) => erasure(event, `status = 'keys-destroyed'`),
  'privacy.ciphertext-deleted': (event) => erasure(event, `status = 'ciphertext-deleted'`),
  'privacy.traces-purged': (event) => erasure(event, `status = 'traces-purged'`),
  'privacy.erasure-completed': (event) =>
    erasure(event, `status = 'completed', completed_at = $3`, event.header.recordedAt),
  'privacy.recipient-notified': ({ header, position, data }) => [
    `insert into recipient_notice (notice, recipient, erasure, subject, twins, classes, position, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [header.id, data.recipient, data.erasure, header.subject, data.twins, data.classes, position, header.recordedAt],
  ],
}

type Change = [statement: string, values: unknown[]]

const request = ({ header, position }: ProjectedEvent, set: string, ...values: unknown[]): Change => [
  `update privacy_request set ${set}, position = $2 where request = $1`,
  [requestOfStream(header.stream), position, ...values],
]

const hold = (
  { data, position }: { data: { hold: string }; position: number },
  set: string,
  ...values: unknown[]
): Change => [`update legal_hold set ${set}, position = $2 where hold = $1`, [data.hold, position, ...values]]

const erasure = (
  { data, position }: { data: { erasure: string }; position: number },
  set: string,
  ...values: unknown[]
): Change => [`update erasure set ${set}, position = $2 where erasure = $1`, [data.erasure, position, ...values]]
