import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import type { Role } from '../../identity/roles.js'
import { Journal } from '../../journal/journal.js'
import { InvalidRequest } from '../../platform/errors.js'
import { ROSTER_STREAM, type RosterEvent } from '../events.js'
import { LiveRoster } from '../live-roster.js'
import { isActive, isInForce, type Grant, type Person, type RosterState } from '../roster-state.js'
import { rosterAt } from '../roster.js'

export interface GrantView extends Grant {
  status: 'requested' | 'approved' | 'declined' | 'ahead' | 'in-force' | 'ended' | 'revoked'
}

export interface PersonView extends Person {
  /** Roles the person could act in at that time. */
  roles: Role[]
  grants: GrantView[]
}

export interface RosterView {
  /** RFC 3339: the time the roster is shown as of. */
  asOf: string
  people: PersonView[]
}

/** Which grants are shown: those that bear on the site or the organisation. */
export interface RosterScope {
  site?: string
  org?: string
}

/**
 * Users and privileges as of a time, folded from the events recorded until then: what anybody could do on that day, whatever
 * was granted or revoked since (FDA Electronic Systems guidance 2024-10, 21 CFR 11.10(d)).
 */
export class GetRoster extends Query<RosterView> {
  constructor(
    /** RFC 3339; default now. */
    readonly asOf?: string,
    readonly scope: RosterScope = {},
  ) {
    super()
  }
}

@QueryHandler(GetRoster)
export class GetRosterHandler implements IQueryHandler<GetRoster> {
  constructor(
    private readonly journal: Journal,
    private readonly live: LiveRoster,
  ) {}

  /** @throws InvalidRequest `time-invalid` */
  async execute({ asOf, scope }: GetRoster): Promise<RosterView> {
    const moment = Date.parse(asOf ?? this.live.momentAt())
    if (Number.isNaN(moment)) throw new InvalidRequest('time-invalid', 'There is no such time.')
    const at = new Date(moment).toISOString()
    const { state } = await this.journal.load<RosterState, RosterEvent>(rosterAt(at), ROSTER_STREAM, { asOf: at })
    const grants = [...state.grants.values()].filter((grant) => isWithin(grant, scope))
    const narrowed = scope.site !== undefined || scope.org !== undefined
    const people = [...state.people.values()]
      .map((person) => personView(person, state, grants, at))
      .filter((person) => !narrowed || person.grants.length > 0)
    return { asOf: at, people }
  }
}

function isWithin({ scope }: Grant, { site, org }: RosterScope): boolean {
  if (site === undefined && org === undefined) return true
  if (scope === 'as-claimed') return false
  return (site === undefined || scope.site === site) && (org === undefined || scope.org === org)
}

function personView(person: Person, state: RosterState, grants: readonly Grant[], at: string): PersonView {
  const own = grants.filter(({ actor }) => actor === person.actor)
  const usable = isActive(person, state) && !person.locked ? own.filter((grant) => isInForce(grant, at)) : []
  return {
    ...person,
    roles: [...new Set(usable.map(({ role }) => role))],
    grants: own.map((grant) => ({ ...grant, status: statusOf(grant, at) })),
  }
}

function statusOf(grant: Grant, at: string): GrantView['status'] {
  const { declined, revoked, executed, approved, from } = grant
  if (revoked) return 'revoked'
  if (declined) return 'declined'
  if (!executed) return approved ? 'approved' : 'requested'
  if (isInForce(grant, at)) return 'in-force'
  return at < from ? 'ahead' : 'ended'
}
