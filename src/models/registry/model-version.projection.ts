/** Read model of proposed versions: where each stands. */
import type { ProjectedEvent, Projection, ProjectionSql } from '../../projections/projection.js'
import type { ModelVersionEvent } from './events.js'
import { modelVersionOfStream } from './model-version-state.js'

type Type = ModelVersionEvent['type']
type Recorded<T extends Type = Type> = ProjectedEvent & { data: Extract<ModelVersionEvent, { type: T }>['data'] }
/** Columns that an event changes. */
type Change<T extends Type> = (event: Recorded<T>) => Readonly<Record<string, unknown>>

export class ModelVersionProjection implements Projection {
  readonly name = 'model-versions'
  readonly version = 1
  readonly tables = ['model_version'] as const

  async apply(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
    const mine = events.filter(
      (event): event is Recorded =>
        event.data !== null && (event.header.type in CHANGES || event.header.type === PROPOSED),
    )
    for (const event of mine) {
      if (event.header.type === PROPOSED) await insert(event as Recorded<typeof PROPOSED>, sql)
      else await update(event, sql)
    }
  }
}

const PROPOSED = 'model.version-proposed'
const assessing = { status: 'under-assessment' }

const CHANGES: { readonly [T in Exclude<Type, typeof PROPOSED>]: Change<T> } = {
  'model.ai-act-classified': ({ data }) => ({ ai_act_class: data.class }),
  'model.question-stated': () => assessing,
  'model.context-stated': () => assessing,
  'model.risk-assessed': ({ data }) => ({ ...assessing, risk_tier: data.tier }),
  'model.plan-agreed': () => assessing,
  'model.factor-assessed': () => assessing,
  'model.results-documented': () => assessing,
  'model.adequacy-determined': ({ data }) => ({ status: data.adequate ? 'adequate' : 'inadequate' }),
  'model.approved': ({ data, header }) => ({
    status: 'approved',
    approved_at: header.recordedAt,
    signed: data.signature !== null,
  }),
  'model.case-reopened': ({ data }) => ({
    ...assessing,
    approved_at: null,
    signed: null,
    ...(['question', 'context-of-use', 'risk'].includes(data.from) && { risk_tier: null }),
  }),
  'model.superseded': ({ data }) => ({ status: 'superseded', superseded_by: data.by }),
  'model.retired': () => ({ status: 'retired' }),
}

async function insert({ header, data, position }: Recorded<typeof PROPOSED>, sql: ProjectionSql): Promise<void> {
  await sql.query(
    `insert into model_version (id, model, version, title, nature, status, code_digest, coefficient_digest, proposed_at,
                                revision, position, proposed_position)
     values ($1, $2, $3, $4, $5, 'proposed', $6, $7, $8, $9, $10, $10) on conflict (id) do nothing`,
    [
      modelVersionOfStream(header.stream),
      data.model,
      data.version,
      data.card.title,
      data.nature,
      data.codeDigest,
      data.coefficientDigest,
      header.recordedAt,
      header.revision,
      position,
    ],
  )
}

async function update(event: Recorded, sql: ProjectionSql): Promise<void> {
  const { header, position } = event
  const change = (CHANGES[header.type as keyof typeof CHANGES] as Change<Type>)(event)
  const columns = { ...change, revision: header.revision }
  const assignments = Object.keys(columns).map((column, place) => `${column} = $${place + 3}`)
  await sql.query(`update model_version set position = $2, ${assignments.join(', ')} where id = $1 and position < $2`, [
    modelVersionOfStream(header.stream),
    position,
    ...Object.values(columns),
  ])
}
