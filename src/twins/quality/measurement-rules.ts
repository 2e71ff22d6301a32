/** Rules about one measured value: conformance, units and physiological plausibility (Kahn et al. 2016, table 1). */
import { convert, isConvertible, isValidUnit, sameDimension } from '../../platform/ucum.js'
import type { Quantity } from '../facts.js'
import type { Observable } from './observables.js'
import type { Measurement, MeasurementRule } from './rule.js'

export const MEASUREMENT_RULES: readonly MeasurementRule[] = [
  {
    id: 'observation.value-type-wrong',
    dimension: 'conformance',
    severity: 'error',
    meaning: 'The code calls for another type of value, such as a number with a unit.',
    violated: ({ observable, quantity, coded, text, boolean }) =>
      observable?.value === 'quantity'
        ? quantity === undefined && (coded !== undefined || text !== undefined || boolean !== undefined)
        : observable?.value === 'coded' && quantity !== undefined,
  },
  {
    id: 'observation.value-missing',
    dimension: 'completeness',
    severity: 'warning',
    meaning: 'There is neither a value nor a reason why it is absent.',
    violated: ({ quantity, coded, text, boolean, absent, hasComponents }) =>
      !hasComponents && [quantity, coded, text, boolean, absent].every((value) => value === undefined),
  },
  {
    id: 'observation.unit-missing',
    dimension: 'units',
    severity: 'error',
    meaning: 'A number without a unit cannot be used.',
    violated: ({ quantity }) => quantity !== undefined && quantity.unit === '' && !quantity.unitAsSent,
  },
  {
    id: 'observation.unit-not-ucum',
    dimension: 'units',
    severity: 'error',
    meaning: 'The unit is not a UCUM unit and could not be read as one.',
    violated: ({ quantity }) =>
      quantity !== undefined && (quantity.unit === '' ? Boolean(quantity.unitAsSent) : !isValidUnit(quantity.unit)),
  },
  {
    id: 'observation.unit-translated',
    dimension: 'units',
    severity: 'information',
    meaning: 'The unit was sent in another notation and read as UCUM.',
    violated: ({ quantity }) => hasUnit(quantity) && quantity.unitAsSent !== undefined,
  },
  {
    id: 'observation.unit-wrong-dimension',
    dimension: 'units',
    severity: 'error',
    meaning: 'The unit measures something else than the code says.',
    violated: (measurement) => relation(measurement) === 'unrelated',
  },
  {
    id: 'observation.unit-other-property',
    dimension: 'units',
    severity: 'warning',
    meaning: 'The unit belongs to a sibling code: mass where the code says amount of substance, or the reverse.',
    violated: (measurement) => relation(measurement) === 'by-molar-mass',
  },
  {
    id: 'observation.unit-not-normalised',
    dimension: 'units',
    severity: 'warning',
    meaning: 'The code names a value per 1.73 m² of body surface; the unit does not say so.',
    violated: ({ observable, quantity }) =>
      hasUnit(quantity) && Boolean(observable?.unit?.includes('{1.73_m2}')) && !quantity.unit.includes('{1.73_m2}'),
  },
  {
    id: 'observation.unit-suspect',
    dimension: 'units',
    severity: 'error',
    meaning: 'The number is impossible in the stated unit and ordinary in another one: the unit is probably wrong.',
    violated: (measurement) => isImplausible(measurement) && fitsAnotherUnit(measurement),
  },
  {
    id: 'observation.value-implausible',
    dimension: 'plausibility',
    severity: 'error',
    meaning: 'The value lies outside what is compatible with life or with the assay.',
    violated: (measurement) => isImplausible(measurement) && !fitsAnotherUnit(measurement),
  },
]

function hasUnit(quantity: Quantity | undefined): quantity is Quantity {
  return quantity !== undefined && isValidUnit(quantity.unit)
}

/** How the unit relates to the property that the code names; null when there is nothing to compare. */
function relation({ observable, quantity }: Measurement): 'same' | 'by-molar-mass' | 'unrelated' | null {
  if (!hasUnit(quantity) || observable?.unit === undefined) return null
  if (sameDimension(quantity.unit, observable.unit)) return 'same'
  return isConvertible(quantity.unit, observable.unit, observable) ? 'by-molar-mass' : 'unrelated'
}

function isImplausible({ observable, quantity }: Measurement): boolean {
  return hasUnit(quantity) && observable !== undefined && isWithin(quantity, quantity.unit, observable) === false
}

function fitsAnotherUnit({ observable, quantity }: Measurement): boolean {
  return (
    quantity !== undefined &&
    (observable?.confusedWith ?? []).some(
      (unit) => unit !== quantity.unit && isWithin(quantity, unit, observable as Observable) === true,
    )
  )
}

/** Whether the number, read in this unit, lies within the limits; a censored value is judged on the side it states. */
function isWithin({ value, comparator }: Quantity, unit: string, { unit: own, plausible, molarMass }: Observable) {
  if (own === undefined || plausible === undefined) return null
  const options = molarMass === undefined ? {} : { molarMass }
  if (!isConvertible(unit, own, options)) return null
  const amount = convert(value, unit, own, options)
  const [low, high] = plausible
  if (comparator?.startsWith('<')) return amount >= low
  if (comparator?.startsWith('>')) return amount <= high
  return amount >= low && amount <= high
}
