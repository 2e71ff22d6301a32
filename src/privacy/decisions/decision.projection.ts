/** Read model of decisions that rest on runs: codes and ids alone. */
import type { ProjectedEvent, Projection, ProjectionSql } from '../../projections/projection.js'
import { decisionOfStream } from './decision-state.js'
import type { DecisionEvent } from './events.js'

type Type = DecisionEvent['type']
type Recorded<T extends Type> = ProjectedEvent & { data: Extract<DecisionEvent, { type: T }>['data'] }
type Change = [statement: string, values: unknown[]]

export class DecisionProjection implements Projection {
  readonly name = 'decisions'
  readonly version = 1
  readonly tables = ['decision'] as const

  async apply(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
    for (const event of events) {
      const step = STEPS[event.header.type as Type] as ((event: Recorded<Type>) => Change) | undefined
      if (step && event.data !== null) await sql.query(...step(event as Recorded<Type>))
    }
  }
}

const STEPS: { readonly [T in Type]?: (event: Recorded<T>) => Change } = {
  'decision.proposed': ({ header, position, data }) => [
    `insert into decision (decision, subject, run, matter, significant, status, proposed_at, first_position, position)
     values ($1, $2, $3, $4, $5, 'proposed', $6, $7, $7)`,
    [
      decisionOfStream(header.stream),
      header.subject,
      data.run,
      data.matter,
      data.significant,
      header.recordedAt,
      position,
    ],
  ],
  'decision.reviewed': (event) => update(event, 'status = $3', event.data.agrees ? 'agreed' : 'rejected'),
  'decision.adopted': (event) => update(event, `status = 'adopted', adopted_at = $3`, event.header.recordedAt),
  'decision.contested': (event) => update(event, `status = 'contested', contest = $3`, event.data.request),
  'decision.contest-judged': (event) => update(event, 'status = $3', event.data.verdict),
}

const update = ({ header, position }: ProjectedEvent, set: string, ...values: unknown[]): Change => [
  `update decision set ${set}, position = $2 where decision = $1`,
  [decisionOfStream(header.stream), position, ...values],
]
