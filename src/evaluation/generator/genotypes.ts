import type { CodeableConcept, Observation } from 'fhir/r4.js'
import { observation } from './observations.js'
import type { Random } from './random.js'
import type { Attendance, Chart } from './record.js'
import { CODE, concept, LABORATORY, SYSTEM } from './terminology.js'

type Frequencies = readonly (readonly [allele: string, frequency: number])[]

/** Allele frequencies near those of European populations in PharmGKB, with a rare *5 that warfarin dosing must refuse. */
const CYP2C9: Frequencies = [
  ['*1', 0.79],
  ['*2', 0.125],
  ['*3', 0.07],
  ['*5', 0.015],
]
const CYP2C19: Frequencies = [
  ['*1', 0.62],
  ['*17', 0.22],
  ['*2', 0.15],
  ['*3', 0.01],
]
/** rs9923231 on the strand of the gene, VKORC1 -1639. */
const VKORC1: Frequencies = [
  ['G', 0.61],
  ['A', 0.39],
]

const GENE = {
  CYP2C9: concept(SYSTEM.hgnc, 'HGNC:2623', 'CYP2C9'),
  CYP2C19: concept(SYSTEM.hgnc, 'HGNC:2621', 'CYP2C19'),
  VKORC1: concept(SYSTEM.hgnc, 'HGNC:23663', 'VKORC1'),
} as const

/**
 * One Observation a gene, shaped like the Genotype profile of HL7's Genomics Reporting guide (STU 2): the genotype is the value,
 * the gene studied a component. A variant that is no star allele names its dbSNP id too.
 */
export function genotypeResources(random: Random, chart: Chart, attendance: Attendance): Observation[] {
  return [
    genotype(chart, attendance, GENE.CYP2C9, diplotype(random, CYP2C9)),
    genotype(chart, attendance, GENE.CYP2C19, diplotype(random, CYP2C19)),
    genotype(chart, attendance, GENE.VKORC1, diplotype(random, VKORC1), 'rs9923231'),
  ]
}

/** Two alleles in Hardy-Weinberg proportions, in the customary order (*1/*2, A/G). */
function diplotype(random: Random, frequencies: Frequencies): string {
  const alleles = [random.weighted(frequencies), random.weighted(frequencies)]
  return alleles.sort(byAllele).join('/')
}

function byAllele(left: string, right: string): number {
  const star = Number(left.slice(1)) - Number(right.slice(1))
  return left.startsWith('*') ? star : left < right ? -1 : left > right ? 1 : 0
}

function genotype(
  chart: Chart,
  attendance: Attendance,
  gene: CodeableConcept,
  value: string,
  dbsnp?: string,
): Observation {
  return {
    ...observation(chart, { ...attendance, delay: 'laboratory' }, LABORATORY, CODE.genotype),
    valueCodeableConcept: { text: value },
    component: [
      { code: CODE.geneStudied, valueCodeableConcept: gene },
      ...(dbsnp === undefined ? [] : [{ code: CODE.dbsnp, valueCodeableConcept: concept(SYSTEM.dbsnp, dbsnp, dbsnp) }]),
    ],
  }
}
