import { assessRisk, type ModelCard } from '../../model-card.js'

/** Model card of the diplotype-to-phenotype tables. */
export const card: ModelCard = {
  id: 'pgx.cpic-phenotype',
  version: '1.0.0',
  title: 'CPIC phenotype of a CYP2C19 or CYP2C9 diplotype',
  doi: ['10.1002/cpt.2526', '10.1002/cpt.2015', '10.1038/gim.2016.87'],
  questionOfInterest: 'How fast does this person metabolise drugs that depend on the gene?',
  contextOfUse:
    'Translation of a genotype into the term that CPIC dosing guidelines use (clopidogrel, warfarin and others).',
  risk: assessRisk('medium', 'medium'),
  inputs: [
    { name: 'gene', codes: ['loinc|48018-6'], whenMissing: 'refuse' },
    { name: 'diplotype', codes: ['loinc|84413-4'], whenMissing: 'refuse' },
  ],
  outputs: ['phenotype: CPIC standard term; Indeterminate where an allele’s function is uncertain'],
  verification: [
    'Reference vectors, exact',
    'Properties: the order of alleles does not matter; every pair of listed alleles has a phenotype',
  ],
  validation: [
    {
      population: 'Expert consensus on published in-vitro and in-vivo function',
      n: null,
      metric: 'strength of evidence is graded for each allele by CPIC',
      citation: '10.1002/cpt.2526',
    },
  ],
  uncertainty: {
    parameter: 'Alleles of uncertain function give Indeterminate rather than a guess.',
    measurement: 'An assay that does not test an allele reports *1 in its place.',
    structural: 'Inhibitors and inducers change the phenotype that is seen (phenoconversion).',
  },
  limits: {
    refused: [
      'Genes other than CYP2C19 and CYP2C9',
      'Alleles that the tables do not list, sub-alleles and copy numbers',
    ],
    stated: ['Liver function and comedication are not seen'],
  },
  knownBias: ['Rare alleles of populations that are seldom sequenced are missing from panels'],
  conflictsResolved: [],
}
