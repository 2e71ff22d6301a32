/** Gamma, beta and error functions with the same bits on every platform (stdlib). */
export { default as gamma } from '@stdlib/math-base-special-gamma'
export { default as gammaLn } from '@stdlib/math-base-special-gammaln'
/** gammaInc(x, s): the regularised lower incomplete gamma function P(s, x). */
export { default as gammaInc } from '@stdlib/math-base-special-gammainc'
/** betaInc(x, a, b): the regularised incomplete beta function I_x(a, b). */
export { default as betaInc } from '@stdlib/math-base-special-betainc'
export { default as erf } from '@stdlib/math-base-special-erf'
export { default as erfc } from '@stdlib/math-base-special-erfc'
export { default as erfcInv } from '@stdlib/math-base-special-erfcinv'
