/** Read model of who was randomised and whose arm was opened: codes, numbers and times. What arm they are in is not in it. */
import { applyAroundErasures } from '../projections/around-erasures.js'
import type { ProjectedEvent, Projection, ProjectionSql } from '../projections/projection.js'
import type { KeyClass } from '../vault/key-class.js'
import type {
  ParticipantRandomised,
  ParticipantUnblinded,
  UnblindingReviewed,
  UnblindingReviewOverdue,
} from './events.js'
import { trialOfRandomisation } from './randomisation-state.js'

export class RandomisationProjection implements Projection {
  readonly name = 'randomisation'
  readonly version = 2
  readonly tables = ['allocation', 'unblinding'] as const

  apply(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
    return applyAroundErasures(
      events,
      (part) => applyAllocations(part, sql),
      (subject, classes) => eraseNumbers(subject, classes, sql),
    )
  }
}

/** Which column of `unblinding` an event sets. */
const LOOKED_AT = new Map([
  ['randomisation.unblinding-reviewed', 'reviewed_at'],
  ['randomisation.unblinding-review-overdue', 'overdue_at'],
])

async function applyAllocations(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
  for (const { header, data, position } of events) {
    const trial = trialOfRandomisation(header.stream)
    if (header.type === 'randomisation.participant-randomised' && data) {
      const { code, site, number } = data as ParticipantRandomised['data']
      await sql.query(
        `insert into allocation (trial, code, subject, site, number, randomised_at, position)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [trial, code, header.subject, site, number, header.recordedAt, position],
      )
    }
    if (header.type === 'randomisation.participant-unblinded' && data) {
      const { code, unblinding } = data as ParticipantUnblinded['data']
      await sql.query(
        'update allocation set unblinded_at = coalesce(unblinded_at, $3) where trial = $1 and code = $2',
        [trial, code, header.recordedAt],
      )
      await sql.query(
        'insert into unblinding (unblinding, trial, code, actor, opened_at) values ($1, $2, $3, $4, $5)',
        [unblinding, trial, code, header.actor.id, header.recordedAt],
      )
    }
    const looked = LOOKED_AT.get(header.type)
    if (looked && data) {
      const { unblinding } = data as UnblindingReviewed['data'] | UnblindingReviewOverdue['data']
      await sql.query(`update unblinding set ${looked} = $2 where unblinding = $1`, [unblinding, header.recordedAt])
    }
  }
}

async function eraseNumbers(subject: string, classes: readonly KeyClass[], sql: ProjectionSql): Promise<void> {
  if (classes.includes('trial-record'))
    await sql.query('update allocation set number = null where subject = $1', [subject])
}
