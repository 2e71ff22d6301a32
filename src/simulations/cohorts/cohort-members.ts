import { Injectable } from '@nestjs/common'
import { InjectDataSource } from '@nestjs/typeorm'
import { DataSource } from 'typeorm'
import { NotFound, Unprocessable } from '../../platform/errors.js'
import type { Selection } from './events.js'

/** A bound on what one request can set going; a larger study asks for several cohorts. */
export const MOST_MEMBERS = 100_000

/** Which twins are asked for. */
export type WantedMembers = { twins: readonly string[] } | Omit<Extract<Selection, { by: 'filter' }>, 'by'>

/** The part of all twins that the caller may run models on; each field that is present must match. */
export interface MemberScope {
  /** Kept or controlled there. */
  site?: string
  /** Enrolled in this trial. */
  enrolledIn?: string
  /** Under this controller: the holder that a data permit names. */
  controller?: string
}

/** A twin as the list of twins has it. */
export interface Member {
  twin: string
  subject: string
  revision: number
  controller: string
  /** The person is out of secondary use. */
  optedOut: boolean
}

const IS_OPTED_OUT = 'exists (select from read.opt_out o where o.subject = t.subject)'

/** Finds the twins of a cohort in the list of twins; nothing of a person is opened. */
@Injectable()
export class CohortMembers {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /**
   * The ids of the twins, without repetition, in the order of their registration. Whoever opted out from secondary use is not among
   * them. Of those that a filter finds, nothing says that they are missing; whoever lists twins can count.
   *
   * @throws Unprocessable `cohort-empty`, `cohort-too-large`
   * @throws NotFound `twin-not-found`: a twin of the list does not exist or is not open to the caller
   */
  async select(wanted: WantedMembers, scope: MemberScope): Promise<string[]> {
    const listed = 'twins' in wanted ? [...new Set(wanted.twins)] : null
    const { enrolledIn, owner, source } = 'twins' in wanted ? {} : wanted
    const rows = await this.database.query<{ twin: string; optedOut: boolean }[]>(
      `select t.twin, ${IS_OPTED_OUT} as "optedOut" from read.twin t
        where case when $1::uuid[] is null then t.status = 'active' and not ${IS_OPTED_OUT}
                   else t.twin = any ($1) end
          and ($2::text is null or t.owner = $2)
          and ($3::text is null or t.source = $3)
          and ($4::text is null or t.owner = $4 or t.controller = $4)
          and (select bool_and(exists (select from read.enrolment e
                                        where e.subject = t.subject and e.trial = wanted.trial and e.status = 'enrolled'))
                 from unnest($5::uuid[]) as wanted (trial)) is not false
          and ($7::text is null or t.controller = $7)
        order by t.registered_position limit $6`,
      [
        listed,
        owner ?? null,
        source ?? null,
        scope.site ?? null,
        [enrolledIn, scope.enrolledIn].filter((trial) => trial !== undefined),
        MOST_MEMBERS + 1,
        scope.controller ?? null,
      ],
    )
    if (listed && rows.length < listed.length) {
      const found = new Set(rows.map(({ twin }) => twin))
      const missing = listed.filter((twin) => !found.has(twin))
      throw new NotFound('twin-not-found', 'Some of the twins do not exist, or are not open to the caller.', {
        count: missing.length,
        first: missing[0],
      })
    }
    const twins = rows.filter(({ optedOut }) => !optedOut).map(({ twin }) => twin)
    if (twins.length === 0) throw new Unprocessable('cohort-empty', 'No twin is like that.')
    if (rows.length > MOST_MEMBERS)
      throw new Unprocessable('cohort-too-large', 'That are more twins than one cohort can have.', {
        most: MOST_MEMBERS,
      })
    return twins
  }

  /** What the list of twins says of these; twins it does not have are left out. */
  async of(twins: readonly string[]): Promise<Map<string, Member>> {
    const rows = await this.database.query<Member[]>(
      `select t.twin, t.subject, t.revision, t.controller, ${IS_OPTED_OUT} as "optedOut"
         from read.twin t where t.twin = any ($1::uuid[])`,
      [twins],
    )
    return new Map(rows.map((row) => [row.twin, row]))
  }
}
