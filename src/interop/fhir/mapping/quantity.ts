/** Quantities as sent: values are never converted and units never replaced. */
import type { Quantity as FhirQuantity } from 'fhir/r4.js'
import { isValidUnit } from '../../../platform/ucum.js'
import type { Quantity } from '../../../twins/facts.js'

export const UCUM = 'http://unitsofmeasure.org'

/**
 * A FHIR quantity that declares UCUM keeps its code as unit, be it right or wrong. Otherwise the text that was sent is kept as
 * `unitAsSent`, and is the `unit` too where it can be read as UCUM; `unit` is empty where it cannot, or where no unit was
 * sent. Judging units is the task of the quality rules.
 *
 * @returns undefined when the quantity has no value
 */
export function toQuantity(sent: FhirQuantity | undefined): Quantity | undefined {
  if (typeof sent?.value !== 'number') return undefined
  const quantity: Quantity = { value: sent.value, ...unitOf(sent) }
  if (sent.comparator !== undefined) quantity.comparator = sent.comparator
  return quantity
}

function unitOf(sent: FhirQuantity): Pick<Quantity, 'unit' | 'unitAsSent'> {
  if (sent.system === UCUM && sent.code !== undefined) return { unit: sent.code }
  const asSent = sent.unit ?? sent.code ?? ''
  return asSent === '' ? { unit: '' } : { unit: isValidUnit(asSent) ? asSent : '', unitAsSent: asSent }
}
