/**
 * The sum of values in their order, with the rounding error carried along (Neumaier 1974, doi:10.1002/zamm.19740540106).
 * The order is part of the result: never sum over a set or a map whose order is not fixed.
 */
export function sum(values: Iterable<number>): number {
  let total = 0
  let compensation = 0
  for (const value of values) {
    const next = total + value
    compensation += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total
    total = next
  }
  return total + compensation
}

/** Arithmetic mean; NaN for no values. */
export function mean(values: readonly number[]): number {
  return sum(values) / values.length
}

/** Inner product of two vectors of equal length, summed in their order with compensation. */
export function dot(left: ArrayLike<number>, right: ArrayLike<number>): number {
  return sum(products(left, right))
}

function* products(left: ArrayLike<number>, right: ArrayLike<number>): Generator<number> {
  for (let index = 0; index < left.length; index++) yield (left[index] as number) * (right[index] as number)
}
