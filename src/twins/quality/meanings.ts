/** What each rule means, for the person who reads a finding. */
import { FACT_RULES } from './fact-rules.js'
import { RECORD_RULES } from './judge-record.js'
import { MEASUREMENT_RULES } from './measurement-rules.js'

const MEANINGS: ReadonlyMap<string, string> = new Map(
  [...MEASUREMENT_RULES, ...FACT_RULES, ...RECORD_RULES].map(({ id, meaning }) => [id, meaning]),
)

/** One sentence; a rule of an earlier rule set that is gone today has none. */
export function meaningOfRule(rule: string): string | undefined {
  return MEANINGS.get(rule)
}

/** Ids of all rules, in the order they are applied. */
export const RULE_IDS: readonly string[] = [...MEANINGS.keys()]
