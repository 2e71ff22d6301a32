import { defineModel } from '../../model.js'
import { type RefusalReason } from '../../model-refusal.js'
import { card } from './card.js'
import { coefficients } from './coefficients.js'
import { type Gene, GENES, knowsAllele, type Phenotype, phenotypeOf } from './metabolizer.js'

export interface CpicPhenotypeInput {
  readonly gene: Gene
  /** Two star alleles in either order, as in `*1/*17`. */
  readonly diplotype: string
}

export interface CpicPhenotypeOutput {
  readonly phenotype: Phenotype
}

/** The drug-metabolising phenotype of a diplotype, in CPIC's standard terms. */
export const cpicPhenotype = defineModel<CpicPhenotypeInput, CpicPhenotypeOutput>({
  id: card.id,
  version: card.version,
  inputs: [
    { name: 'gene', quantity: 'Gene', kind: 'code', values: GENES },
    { name: 'diplotype', quantity: 'Diplotype of star alleles', kind: 'text', pattern: '\\*[0-9]+/\\*[0-9]+' },
  ],
  outputs: [{ name: 'phenotype', quantity: 'Drug-metabolising phenotype' }],
  card,
  coefficients,
  applicability,
  compute({ gene, diplotype }) {
    const [first, second] = alleleNumbers(diplotype)
    return { phenotype: phenotypeOf[gene](first, second) }
  },
})

function applicability({ gene, diplotype }: Partial<CpicPhenotypeInput>): readonly RefusalReason[] {
  if (gene === undefined || !GENES.includes(gene) || typeof diplotype !== 'string') return []
  if (alleleNumbers(diplotype).every((allele) => Number.isNaN(allele) || knowsAllele(gene, allele))) return []
  return [{ input: 'diplotype', code: 'not-allowed', limit: `alleles in the CPIC table of ${gene}` }]
}

/** The numbers of the two alleles; NaN where the text has another form, which the specification refuses. */
function alleleNumbers(diplotype: string): [number, number] {
  const [first = '', second = ''] = diplotype.split('/').map((allele) => allele.slice(1))
  return [Number.parseInt(first, 10), Number.parseInt(second, 10)]
}
