import type { FhirResource, Observation, Quantity } from 'fhir/r4.js'
import { type GeneratedPatient, generatePatients } from '../../../../src/evaluation/generator/index.js'

export const REFERENCE_DATE = '2026-11-01'

export function population(count: number, seed = 1): GeneratedPatient[] {
  return [...generatePatients({ count, seed, referenceDate: REFERENCE_DATE })]
}

export function resources({ bundle }: GeneratedPatient): FhirResource[] {
  return (bundle.entry ?? []).map(({ resource }) => resource as FhirResource)
}

export function ofType<T extends FhirResource['resourceType']>(
  patient: GeneratedPatient,
  type: T,
): Extract<FhirResource, { resourceType: T }>[] {
  return resources(patient).filter(
    (resource): resource is Extract<FhirResource, { resourceType: T }> => resource.resourceType === type,
  )
}

/** A result or component as a reader of the bundle finds it. */
export interface Reading {
  code: string
  at: number
  status: Observation['status']
  quantity?: Quantity
  observation: Observation
}

/** Every observation and component of a patient, oldest first. */
export function readings(patient: GeneratedPatient): Reading[] {
  return ofType(patient, 'Observation')
    .flatMap((observation) =>
      [observation, ...(observation.component ?? [])].map(({ code, valueQuantity }) => ({
        code: code.coding?.[0]?.code ?? '',
        at: Date.parse(observation.effectiveDateTime ?? ''),
        status: observation.status,
        quantity: valueQuantity,
        observation,
      })),
    )
    .sort((left, right) => left.at - right.at)
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

export function correlation(pairs: readonly (readonly [number, number])[]): number {
  const [meanX, meanY] = [mean(pairs.map(([x]) => x)), mean(pairs.map(([, y]) => y))]
  const sum = (term: (x: number, y: number) => number) =>
    pairs.reduce((total, [x, y]) => total + term(x - meanX, y - meanY), 0)
  return sum((x, y) => x * y) / Math.sqrt(sum((x) => x * x) * sum((_, y) => y * y))
}
