/** What laboratories found for a gene. */
import { earliestDay } from './calendar.js'
import type { GenotypeRule } from './rules.js'
import { selectParameter } from './select-parameter.js'
import { chose, refused, standingOn, type Selection, type SelectionScene } from './selection.js'
import { errorOn, factsOfKind } from './twin-record.js'

/** Written forms: `*1/*2`, `CYP2C19 *1/*2`; `A/G`, `AG`, `GA`. */
const FORMS = {
  diplotype: /^(?:[A-Z0-9]+\s*)?(\*\d+)\/(\*\d+)$/,
  bases: /^([ACGT])[/|]?([ACGT])$/,
} as const

export function selectGenotype(rule: GenotypeRule, scene: SelectionScene): Selection {
  const { record, day } = scene
  if (rule.absent === undefined && factsOfKind(record, 'genotype').length === 0) return refused({ code: 'missing' })
  const named = typeof rule.gene === 'string' ? null : selectParameter(rule.gene, 'gene', scene)
  if (named && !named.chosen) return named
  const gene = named ? named.chosen!.value : rule.gene
  const results = factsOfKind(record, 'genotype').filter(
    ({ eventId, fact }) =>
      fact.gene === gene &&
      errorOn(record, eventId) === undefined &&
      (earliestDay(fact.effective?.at ?? '') ?? day) <= day,
  )
  if (results.length === 0) return notTested(rule)
  const read = results.map(({ fact }) => alleles(rule, fact.genotype))
  if (read.includes(null)) return refused({ code: 'value-not-understood' })
  if (new Set(read).size > 1) return refused({ code: 'conflicting' })
  const sources = results.map(({ eventId, fact }) => ({
    eventId,
    code: 'loinc|84413-4',
    value: fact.genotype,
    ...(fact.effective && { observedAt: fact.effective.at }),
  }))
  return chose({ value: read[0]!, basis: 'recorded', sources, ...standingOn(named?.chosen?.parameters ?? []) })
}

function notTested({ absent }: GenotypeRule): Selection {
  return absent === undefined
    ? refused({ code: 'missing' })
    : chose({ value: absent, basis: 'not-in-record', sources: [] })
}

/** In the order that makes equal genotypes equal texts; null for a form that is not understood. */
function alleles({ form }: GenotypeRule, genotype: string): string | null {
  const [, one, other] = FORMS[form].exec(genotype.trim()) ?? []
  if (one === undefined || other === undefined) return null
  if (form === 'bases') return [one, other].sort().join('')
  return [one, other].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1))).join('/')
}
