import { ROLES } from '../../../../src/identity/roles.js'
import type { AccessReason, DecliningReason } from '../../../../src/roster/reason-codes.js'
import type { Grant, Person } from '../../api/roster.js'
import { Badge, type Tone } from '../../components/badge.js'
import { words } from '../../components/values.js'

/** Roles that are granted; a participant's is not. */
export const STAFF_ROLES = ROLES.filter((role) => role !== 'participant').map((role) => [role, words(role)] as const)

const TONES: Record<Grant['status'], Tone> = {
  requested: 'caution',
  approved: 'caution',
  declined: 'neutral',
  ahead: 'neutral',
  'in-force': 'good',
  ended: 'neutral',
  revoked: 'bad',
}
const STATES: Partial<Record<Grant['status'], string>> = {
  requested: 'waits for approval',
  approved: 'waits to be put into force',
  ahead: 'begins later',
}

export function GrantState({ status }: { status: Grant['status'] }) {
  return <Badge tone={TONES[status]}>{STATES[status] ?? words(status)}</Badge>
}

export function scopeText({ scope }: Pick<Grant, 'scope'>): string {
  if (typeof scope === 'string') return 'as the evaluation account says'
  const { org, site, trials, purposes } = scope
  const parts = [
    org && `organisation ${org}`,
    site && `site ${site}`,
    trials !== undefined && trials.length > 0 && `${trials.length} trial(s)`,
    purposes && `for ${purposes.join(', ')}`,
  ]
  return parts.filter(Boolean).join(', ') || 'no organisation, site or trial'
}

/** What stands in the way of everything that was granted. */
export function PersonState({ person: { revoked, locked, retiredAt } }: { person: Person }) {
  if (retiredAt !== undefined) return <Badge>retired</Badge>
  if (revoked) return <Badge tone="bad">access revoked</Badge>
  if (locked) return <Badge tone="bad">locked</Badge>
  return <Badge tone="good">open</Badge>
}

export const ACCESS_REASON_WORDS: Record<AccessReason, string> = {
  'left-organisation': 'left the organisation',
  'role-ended': 'the role has ended',
  'credentials-lost': 'credentials were lost',
  'misuse-suspected': 'misuse is suspected',
  'error-corrected': 'an error is corrected',
}

export const DECLINING_WORDS: Record<DecliningReason, string> = {
  'not-needed': 'not needed',
  'wrong-scope': 'the scope is wrong',
  'not-qualified': 'the person is not qualified',
  'conflict-of-interest': 'conflict of interest',
}
