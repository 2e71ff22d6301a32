/** Read model of what sponsors are asked about erasures: codes and ids alone. */
import type { ProjectedEvent, Projection, ProjectionSql } from '../../projections/projection.js'
import type { RequestEvent } from '../requests/events.js'
import { requestOfStream } from '../requests/request-state.js'
import { consultationOfStream } from './consultation.js'
import type { ConsultationEvent, SponsorAnswered, SponsorConsulted } from './events.js'

type Type = ConsultationEvent['type'] | RequestEvent['type']
type Step = (event: ProjectedEvent) => [statement: string, values: unknown[]]

export class ConsultationProjection implements Projection {
  readonly name = 'erasure-consultations'
  readonly version = 1
  readonly tables = ['erasure_consultation'] as const

  async apply(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
    for (const event of events) {
      const step = STEPS[event.header.type as Type]
      if (step && event.data !== null) await sql.query(...step(event))
    }
  }
}

const STEPS: Partial<Record<Type, Step>> = {
  'privacy.sponsor-consulted': ({ header, data }) => {
    const { request, trial, code, dueAt } = data as SponsorConsulted['data']
    return [
      `insert into erasure_consultation (consultation, request, subject, trial, code, due_at, decided)
       values ($1, $2, $3, $4, $5, $6, false)`,
      [consultationOfStream(header.stream), request, header.subject, trial, code, dueAt],
    ]
  },
  'privacy.sponsor-answered': ({ header, data }) => [
    'update erasure_consultation set position = $2 where consultation = $1',
    [consultationOfStream(header.stream), (data as SponsorAnswered['data']).position],
  ],
  'privacy.request-decided': (event) => decided(event, true),
  'privacy.request-reopened': (event) => decided(event, false),
}

const decided = ({ header }: ProjectedEvent, is: boolean): [string, unknown[]] => [
  'update erasure_consultation set decided = $2 where request = $1',
  [requestOfStream(header.stream), is],
]
