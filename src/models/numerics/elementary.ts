/**
 * Elementary functions that give the same bits on every platform: pure JavaScript ports of FreeBSD's msun and Cephes by
 * stdlib, without the host's libm. Arguments and results are dimensionless; angles are in radians.
 */
export { default as exp } from '@stdlib/math-base-special-exp'
export { default as expm1 } from '@stdlib/math-base-special-expm1'
export { default as ln } from '@stdlib/math-base-special-ln'
export { default as log1p } from '@stdlib/math-base-special-log1p'
export { default as log10 } from '@stdlib/math-base-special-log10'
export { default as pow } from '@stdlib/math-base-special-pow'
export { default as sin } from '@stdlib/math-base-special-sin'
export { default as cos } from '@stdlib/math-base-special-cos'
export { default as atan2 } from '@stdlib/math-base-special-atan2'

/** Square root; IEEE 754 demands that it is correctly rounded, so the host's is exact. */
export const sqrt = Math.sqrt

/** The ratio of a circle's circumference to its diameter. */
export const PI = Math.PI
