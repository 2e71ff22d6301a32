/**
 * The right-hand side of an ordinary differential equation: writes dy/dt at (t, y) into `derivative`.
 * It must not keep or change `y`.
 */
export type Derivative = (t: number, y: Float64Array, derivative: Float64Array) => void
