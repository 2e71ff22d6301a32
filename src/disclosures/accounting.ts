/** Puts together who was shown what of a person in six years. Pure. */
import type { RecordedEvent } from '../journal/recorded-event.js'
import type { ValuesOpened } from '../journal/access-events.js'
import type { ConsentUseAuthorised } from '../consents/events.js'
import type { OutsideDisclosure } from './events.js'

const YEARS = 6

/** One recipient and purpose. Several disclosures of that kind are told together, as 45 CFR 164.528(b)(3) allows. */
export interface AccountedDisclosure {
  recipient: string
  address: string | null
  /** What was disclosed: kinds of values, or in words. */
  description: string
  /** v3-ActReason of a reading, in words otherwise; null when none was declared. */
  purpose: string | null
  /** The data permit that the use rested on (EHDS Art 68); absent: none. */
  permit?: string
  /** RFC 3339, UTC. */
  first: string
  last: string
  times: number
}

export type RecipientRegister = ReadonlyMap<string, { name: string; address: string }>

/** Which data permits readings rested on: by the run that was read, or by the request that they were part of. */
export type PermitsOfReadings = ReadonlyMap<string, string>

/** @param uses of the person's consent stream */
export function permitsOfReadings(uses: readonly RecordedEvent[]): PermitsOfReadings {
  return new Map(
    uses.flatMap(({ type, data, header }): [string, string][] => {
      if (type !== 'consent.use-authorised' || data === null) return []
      const { reference, ...ground } = data as ConsentUseAuthorised['data']
      if (!('permit' in ground)) return []
      const named = [header.correlation, ...(reference === undefined ? [] : [reference])]
      return named.map((id) => [id, ground.permit])
    }),
  )
}

export interface AccountingSources {
  /** Of the person's `access-` stream. */
  readings: readonly RecordedEvent[]
  outside: readonly OutsideDisclosure[]
  /** Organisations that answer for the data: what they do themselves is use, not disclosure. */
  own: ReadonlySet<string>
  /** Organisations whose disclosures are not accounted for now. */
  suspended: ReadonlySet<string>
  recipients: RecipientRegister
  permits: PermitsOfReadings
  now: Date
}

/**
 * Reads of values by other organisations through this service count, authorities that inspect included; reading one's own does
 * not. More is told than 164.528(a)(1) asks for: what was authorised by the person is not left out.
 */
export function accountOf(sources: AccountingSources): AccountedDisclosure[] {
  const since = sixYearsBefore(sources.now)
  const { outside, suspended, recipients } = sources
  const hidden = new Set([...suspended].map((org) => recipients.get(org)?.name ?? org))
  const single: Single[] = [...readingsOf(sources), ...outside.filter(({ recipient }) => !hidden.has(recipient))]
  const grouped = new Map<string, AccountedDisclosure>()
  for (const { at, ...one } of single) {
    if (at < since) continue
    const key = JSON.stringify([one.recipient, one.purpose, one.description, one.permit])
    const known = grouped.get(key) ?? { ...one, first: at, last: at, times: 0 }
    grouped.set(key, {
      ...known,
      first: at < known.first ? at : known.first,
      last: at > known.last ? at : known.last,
      times: known.times + 1,
    })
  }
  return [...grouped.values()].sort((one, other) => (one.first < other.first ? -1 : 1))
}

type Single = Omit<AccountedDisclosure, 'first' | 'last' | 'times'> & { at: string }

function readingsOf({ readings, own, suspended, recipients, permits }: AccountingSources): Single[] {
  return readings.flatMap(({ type, data, header: { actor, purpose, recordedAt, correlation } }) => {
    const { org } = actor
    if (type !== 'access.values-opened' || org === undefined || own.has(org) || suspended.has(org)) return []
    const described = recipients.get(org)
    const { what, run } = data as ValuesOpened['data']
    const permit = permits.get(run ?? correlation) ?? permits.get(correlation)
    return {
      at: recordedAt,
      recipient: described?.name ?? org,
      address: described?.address ?? null,
      description: [...what].sort().join(', '),
      purpose: purpose ?? null,
      ...(permit !== undefined && { permit }),
    }
  })
}

function sixYearsBefore(now: Date): string {
  const since = new Date(now)
  since.setUTCFullYear(now.getUTCFullYear() - YEARS)
  return since.toISOString()
}
