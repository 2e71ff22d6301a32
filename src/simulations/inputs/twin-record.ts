/** A twin as inputs are chosen from it: facts that stand, who the person is, and which facts are not fit for computation. */
import type { GetTwinHandler } from '../../twins/queries/get-twin.js'

export type TwinView = Awaited<ReturnType<GetTwinHandler['execute']>>
export type Fact = NonNullable<TwinView['facts'][number]['value']>
export type FactOf<Kind extends Fact['kind']> = Extract<Fact, { kind: Kind }>
type Demographics = NonNullable<NonNullable<TwinView['person']>['demographics'][number]['value']>

/** A fact with the event that recorded it. */
export interface StandingFact<Kind extends Fact['kind'] = Fact['kind']> {
  eventId: string
  position: number
  fact: FactOf<Kind>
}

export interface TwinRecord {
  demographics: { eventId: string; value: Demographics } | null
  facts: readonly StandingFact[]
  /** Open data-quality findings of severity `error`. `target` is a fact's event id; without one it is about the person. */
  errors: readonly { rule: string; target?: string; code?: string }[]
}

/** @param view in full detail: age and sex are inputs */
export function recordOf({ facts, person, findings }: TwinView): TwinRecord {
  const last = person?.demographics.at(-1)
  return {
    demographics: last?.value ? { eventId: last.id, value: last.value } : null,
    facts: facts.flatMap(({ id, position, status, value }) =>
      status === 'current' && value !== null ? [{ eventId: id, position, fact: value }] : [],
    ),
    errors: findings.flatMap(({ value }) =>
      value?.severity === 'error' ? [{ rule: value.rule, target: value.target, code: value.code }] : [],
    ),
  }
}

/** Looked through once for a record and a kind: each rule of a mapping asks. */
const sorted = new WeakMap<TwinRecord, Map<Fact['kind'], readonly StandingFact[]>>()

export function factsOfKind<Kind extends Fact['kind']>(record: TwinRecord, kind: Kind): readonly StandingFact<Kind>[] {
  const kinds = sorted.get(record) ?? new Map<Fact['kind'], readonly StandingFact[]>()
  sorted.set(record, kinds)
  const facts = kinds.get(kind) ?? record.facts.filter(({ fact }) => fact.kind === kind)
  kinds.set(kind, facts)
  return facts as unknown as readonly StandingFact<Kind>[]
}

/** The rule that declares a fact, or one code of a panel, unfit; undefined when nothing does. */
export function errorOn({ errors }: TwinRecord, eventId: string, code?: string): string | undefined {
  return errors.find(
    (error) => error.target === eventId && (error.code === undefined || code === undefined || error.code === code),
  )?.rule
}
