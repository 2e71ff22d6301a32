/**
 * Genotypes, in the two shapes that laboratories use for LOINC 48018-6 (gene studied) and 84413-4 (genotype): one of them as the
 * observation's own code and the other as a component, or both as components
 * (https://hl7.org/fhir/uv/genomics-reporting/STU2/, Genotype and Variant profiles).
 */
import type { CodeableConcept, Observation as FhirObservation } from 'fhir/r4.js'
import type { FactSource, Genotype } from '../../../twins/facts.js'
import { HGNC, LOINC } from './coding.js'
import { factTime } from './fact-time.js'

const GENE_STUDIED = '48018-6'
const GENOTYPE = '84413-4'

/** Results that stand; a preliminary or withdrawn genotype stays an observation, where its status shows. */
const STANDING = new Set(['final', 'amended', 'corrected'])

/** HGNC symbols: `CYP2C19`, `HLA-B`, `C9orf72`. */
const GENE_SYMBOL = /^[A-Z][A-Za-z0-9-]{0,24}$/
const LONGEST_GENOTYPE = 200

type Valued = Pick<FhirObservation, 'code' | 'valueString' | 'valueCodeableConcept'>

/** @returns the genotype, or undefined when the observation does not name both a gene and a genotype */
export function toGenotype(resource: FhirObservation, source: FactSource): Genotype | undefined {
  if (!STANDING.has(resource.status)) return undefined
  const parts: Valued[] = [resource, ...(resource.component ?? [])]
  const gene = geneSymbol(parts.find((part) => hasCode(part.code, GENE_STUDIED)))
  const genotype = genotypeText(parts.find((part) => hasCode(part.code, GENOTYPE)))
  if (gene === undefined || genotype === undefined) return undefined
  const effective = factTime(resource.effectiveDateTime ?? resource.effectiveInstant, resource.effectivePeriod)
  return { kind: 'genotype', gene, genotype, ...(effective && { effective }), source }
}

function hasCode(concept: CodeableConcept, code: string): boolean {
  return concept.coding?.some((coding) => coding.system === LOINC && coding.code === code) ?? false
}

/** The symbol is the HGNC coding's display; its code is a number (`HGNC:2621`). */
function geneSymbol(part: Valued | undefined): string | undefined {
  const codings = part?.valueCodeableConcept?.coding ?? []
  const fromHgnc = codings.find((coding) => coding.system === HGNC)
  const named = [fromHgnc?.display, part?.valueString, part?.valueCodeableConcept?.text, codings[0]?.display]
  return named.find((name) => name !== undefined && GENE_SYMBOL.test(name))
}

/** Codes for genotypes differ by laboratory, so the written form (`*1/*2`) is what counts. */
function genotypeText(part: Valued | undefined): string | undefined {
  const concept = part?.valueCodeableConcept
  const text = part?.valueString ?? concept?.text ?? concept?.coding?.[0]?.display ?? concept?.coding?.[0]?.code
  const trimmed = text?.trim()
  return trimmed && trimmed.length <= LONGEST_GENOTYPE ? trimmed : undefined
}
