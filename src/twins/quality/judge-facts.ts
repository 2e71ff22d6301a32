/** Judges facts as they arrive. */
import { canonicalJson } from '../../ledger/canonical-json.js'
import type { ClinicalFact, Demographics } from '../facts.js'
import { FACT_RULES, timesOf } from './fact-rules.js'
import type { QualityFinding } from './finding.js'
import { MEASUREMENT_RULES } from './measurement-rules.js'
import { publicCode } from './public-code.js'
import { codeOf, measurementsOf, type FactRule, type JudgementContext } from './rule.js'
import { RULE_SET } from './rule-set.js'

/** A fact and the id of the event that records it. */
export interface IdentifiedFact {
  id: string
  fact: ClinicalFact
}

/**
 * Findings of every rule that the facts violate, in the order of the facts, at most one for each rule, fact and code.
 *
 * @param standing facts that stand beside the new ones, to recognise repetitions
 * @param now milliseconds since 1970
 */
export function judgeFacts(
  facts: readonly IdentifiedFact[],
  about: { demographics: Demographics | null; standing: readonly ClinicalFact[]; now: number },
): QualityFinding[] {
  const statements = new Set(about.standing.map(statementOf))
  return facts.flatMap(({ id, fact }) => {
    const statement = statementOf(fact)
    const repeated = statement !== null && statements.has(statement)
    statements.add(statement)
    return [...judgeMeasurements(id, fact), ...judgeFact(id, fact, { ...about, repeated })]
  })
}

/** Findings of the rules that depend on who the person is alone, for facts that stand already. */
export function judgeAgainstPerson(
  facts: readonly IdentifiedFact[],
  about: { demographics: Demographics | null; now: number },
): QualityFinding[] {
  const rules = FACT_RULES.filter(({ personal }) => personal)
  return facts.flatMap(({ id, fact }) => judgeFact(id, fact, { ...about, repeated: false }, rules))
}

/** True for the id of a rule whose judgement changes with the person's demographics. */
export function isPersonalRule(rule: string): boolean {
  return FACT_RULES.some(({ id, personal }) => id === rule && personal)
}

function judgeFact(
  target: string,
  fact: ClinicalFact,
  context: JudgementContext,
  rules: readonly FactRule[] = FACT_RULES,
): QualityFinding[] {
  return rules
    .filter((rule) => rule.violated(fact, context))
    .map((rule) => finding(rule, target, publicCode(codeOf(fact))))
}

function judgeMeasurements(target: string, fact: ClinicalFact): QualityFinding[] {
  if (fact.kind !== 'observation') return []
  const seen = new Set<string>()
  return measurementsOf(fact).flatMap((measurement) =>
    MEASUREMENT_RULES.filter((rule) => rule.violated(measurement))
      .filter((rule) => !seen.has(`${rule.id} ${publicCode(measurement.code)}`))
      .map((rule) => {
        seen.add(`${rule.id} ${publicCode(measurement.code)}`)
        return finding(rule, target, publicCode(measurement.code))
      }),
  )
}

function finding(
  { id: rule, dimension, severity }: Pick<QualityFinding, 'dimension' | 'severity'> & { id: string },
  target: string,
  code: string | undefined,
): QualityFinding {
  return { dimension, severity, rule, ruleSet: RULE_SET, target, ...(code ? { code } : {}) }
}

/** What a fact says, without who says it; null when it has no time, because an undated statement may well be made twice. */
function statementOf(fact: ClinicalFact): string | null {
  if (fact.kind === 'evidence' || fact.kind === 'report' || timesOf(fact).length === 0) return null
  const { source: _source, ...statement } = fact
  return canonicalJson(statement)
}
