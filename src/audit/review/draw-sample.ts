import { createHash } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { InjectDataSource } from '@nestjs/typeorm'
import { DataSource } from 'typeorm'
import { EventCatalogue } from '../../journal/event-catalogue.js'
import { Journal } from '../../journal/journal.js'
import { SERVICE_ACTOR } from '../../journal/service-actor.js'
import { ProjectionEngine } from '../../projections/projection-engine.js'
import type { RiskCriterion } from './codes.js'
import type { ReviewPlan, ReviewTakenUp, SampledEntry } from './events.js'

interface Candidate {
  position: number
  actor: string
}

/** Which entries meet a criterion. `$6`: days after which an entry is late; `$7`: types that leave a record as it was. */
const MEETS: Readonly<Record<RiskCriterion, string>> = {
  'change-after-signing': `e.type <> all ($7::text[]) and exists (
    select from read.signature s where s.stream = e.stream and s.revision < e.revision and s.position < e.position)`,
  correction: `e.type like '%-corrected'`,
  'late-entry': `e.occurred_at < e.recorded_at - make_interval(days => $6::integer)`,
  refusal: `e.type = 'access.refused'`,
  'break-glass': `(e.purpose = 'BTG' or e.type like 'emergency.%')`,
  administration: `(e.actor_role = 'administrator' or e.type like any (array['roster.%', 'projection.%', 'signature-key.%']))`,
  'run-not-completed': `e.type in ('simulation.refused', 'simulation.failed')`,
  'run-repeated': `e.type = 'simulation.replayed'`,
  baseline: 'true',
}

/** More than this is not hashed to draw a few: the newest that meet a criterion stand for all. */
const MOST_CANDIDATES = 100_000

/**
 * Draws what is reviewed: for each criterion up to `perCriterion` entries of the period, in the order of SHA-256 over the review's id and
 * the position. Nobody chooses, and anybody can draw again and get the same.
 */
@Injectable()
export class DrawSample {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly journal: Journal,
    private readonly catalogue: EventCatalogue,
    private readonly projections: ProjectionEngine,
  ) {}

  async draw(review: string, plan: ReviewPlan): Promise<ReviewTakenUp['data']> {
    const { size: belowPosition } = await this.journal.store.head()
    await this.projections.waitFor(belowPosition)
    const reasons = new Map<number, RiskCriterion[]>()
    const actors = new Set<string>()
    const population: Partial<Record<RiskCriterion, number>> = {}
    for (const criterion of plan.criteria) {
      const candidates = await this.candidates(criterion, plan, belowPosition)
      population[criterion] = candidates.length
      for (const { position, actor } of drawn(review, candidates, plan.perCriterion)) {
        reasons.set(position, [...(reasons.get(position) ?? []), criterion])
        actors.add(actor)
      }
    }
    actors.delete(SERVICE_ACTOR.id)
    const entries = [...reasons].map(([position, criteria]): SampledEntry => ({ position, criteria }))
    entries.sort((one, other) => one.position - other.position)
    return { belowPosition, entries, population, actors: [...actors].sort() }
  }

  private async candidates(criterion: RiskCriterion, plan: ReviewPlan, below: number): Promise<Candidate[]> {
    const unchanging = this.catalogue.all().filter(({ changesRecord }) => changesRecord === false)
    const rows = await this.database.query<{ position: string; actor_id: string }[]>(
      `select e.position, e.actor_id from read.audit_entry e
        where e.recorded_at >= $1 and e.recorded_at < $2 and e.position < $3
          and ($4::uuid is null or e.trial = $4) and $6::integer >= 0 and $7::text[] is not null
          and ${MEETS[criterion]}
        order by e.position desc limit $5`,
      [
        plan.from,
        plan.to,
        below,
        plan.trial ?? null,
        MOST_CANDIDATES,
        plan.lateAfterDays,
        unchanging.map(({ type }) => type),
      ],
    )
    return rows.map((row) => ({ position: Number(row.position), actor: row.actor_id }))
  }
}

/** Pure. The first `count` in the order of their hashes under the review's id. */
export function drawn<C extends { position: number }>(review: string, candidates: readonly C[], count: number): C[] {
  return firstByHash(review, candidates, ({ position }) => String(position), count)
}

/** Pure. The first `count` in the order of SHA-256 over the seed and what names each. */
export function firstByHash<C>(
  seed: string,
  candidates: readonly C[],
  nameOf: (candidate: C) => string,
  count: number,
): C[] {
  const ranked = candidates.map((candidate) => {
    const rank = createHash('sha256')
      .update(`${seed}\n${nameOf(candidate)}`)
      .digest('hex')
    return { rank, candidate }
  })
  ranked.sort((one, other) => (one.rank < other.rank ? -1 : 1))
  return ranked.slice(0, count).map(({ candidate }) => candidate)
}
