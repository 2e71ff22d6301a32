/** Choosing the one coding that a fact carries out of the several that a CodeableConcept may hold. */
import type { CodeableConcept, Coding as FhirCoding } from 'fhir/r4.js'
import type { Coding } from '../../../twins/facts.js'

export const LOINC = 'http://loinc.org'
export const SNOMED_CT = 'http://snomed.info/sct'
export const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm'
export const ICD_10 = 'http://hl7.org/fhir/sid/icd-10'
export const ICD_10_CM = 'http://hl7.org/fhir/sid/icd-10-cm'
export const HGNC = 'http://www.genenames.org/geneId'

/**
 * The coding of the preferred system, in the order given; else the sender's own choice (`userSelected`), else the first.
 * Only codings with both system and code count: a code without its system means nothing.
 */
export function preferredCoding(concept: CodeableConcept | undefined, systems: readonly string[]): Coding | undefined {
  const usable = (concept?.coding ?? []).filter(isUsable)
  for (const system of systems) {
    const found = usable.find((coding) => coding.system === system)
    if (found) return toCoding(found)
  }
  const chosen = usable.find((coding) => coding.userSelected) ?? usable[0]
  return chosen && toCoding(chosen)
}

/** The code of the first coding, for status and category elements whose system is fixed by FHIR. */
export function firstCode(concept: CodeableConcept | undefined): string | undefined {
  return concept?.coding?.find((coding) => coding.code !== undefined)?.code
}

function isUsable(coding: FhirCoding): coding is FhirCoding & { system: string; code: string } {
  return coding.system !== undefined && coding.code !== undefined
}

function toCoding(coding: FhirCoding & { system: string; code: string }): Coding {
  const { system, code, display } = coding
  return display === undefined ? { system, code } : { system, code, display }
}
