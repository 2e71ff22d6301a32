/** Clinical facts as a person reads them. */
import type { Coding, FactTime, Observation, ObservationComponent, Quantity } from '../../../../src/twins/facts.js'
import type { ClinicalFact, FactKind } from '../../api/twins.js'
import { inPrint } from '../../components/unit.js'

/** In place of a value that nobody can read any more. */
export const ERASED = '[erased]'

export const KIND_TITLES: Record<FactKind, string> = {
  observation: 'Observations',
  condition: 'Conditions',
  medication: 'Medication',
  procedure: 'Procedures',
  genotype: 'Genotypes',
  report: 'Reports',
  evidence: 'Kept as evidence',
}

const SYSTEMS: Record<string, string> = {
  'http://loinc.org': 'LOINC',
  'http://snomed.info/sct': 'SNOMED CT',
  'http://www.nlm.nih.gov/research/umls/rxnorm': 'RxNorm',
  'http://hl7.org/fhir/sid/icd-10-cm': 'ICD-10-CM',
}

export const codingText = ({ display, code }: Coding): string => display ?? code

export const codeText = ({ system, code }: Coding): string => `${SYSTEMS[system] ?? system} ${code}`

const quantityText = ({ comparator, value, unit }: Quantity): string =>
  `${comparator ?? ''}${Number(value.toPrecision(6))}${inPrint(unit)}`

export function factName(fact: ClinicalFact): string {
  if (fact.kind === 'genotype') return fact.gene
  if (fact.kind === 'evidence') return fact.resourceType
  return codingText(fact.code)
}

export function factCode(fact: ClinicalFact): string | null {
  return 'code' in fact ? codeText(fact.code) : null
}

export function factTime(fact: ClinicalFact): FactTime | undefined {
  switch (fact.kind) {
    case 'condition':
      return fact.onset
    case 'medication':
      return fact.period
    case 'procedure':
      return fact.performed
    case 'evidence':
      return undefined
    default:
      return fact.effective
  }
}

export function factValue(fact: ClinicalFact): string {
  switch (fact.kind) {
    case 'observation':
      return fact.components?.length ? fact.components.map(componentText).join('; ') : measured(fact)
    case 'condition':
      return [fact.clinicalStatus, fact.verificationStatus].filter(Boolean).join(', ')
    case 'medication':
      return [fact.status, fact.intent, fact.dose && quantityText(fact.dose), fact.dosage].filter(Boolean).join(', ')
    case 'procedure':
      return fact.status
    case 'genotype':
      return fact.genotype
    case 'report':
      return `${fact.status}, ${fact.results.length} results`
    case 'evidence':
      return `${fact.size} bytes, digest ${fact.digest.slice(0, 12)}…`
  }
}

const componentText = (component: ObservationComponent): string =>
  `${codingText(component.code)} ${measured(component)}`

function measured(value: Partial<Pick<Observation, 'quantity' | 'coded' | 'text' | 'boolean' | 'absent'>>): string {
  if (value.quantity) return quantityText(value.quantity)
  if (value.coded) return codingText(value.coded)
  if (value.boolean !== undefined) return value.boolean ? 'yes' : 'no'
  if (value.text !== undefined) return value.text
  return value.absent === undefined ? 'no value shown' : `no value (${value.absent})`
}
