import { standardNormalCdf, standardNormalDensity } from './distributions.js'
import { sqrt } from './elementary.js'
import { gaussLegendre } from './quadrature.js'

/** Chances of leaving through either boundary at one look. */
export interface ExitProbability {
  readonly upper: number
  readonly lower: number
}

const farAway = 9
/** The density this many deviations away, 10⁻³², is below the rounding of any sum it would enter. */
const negligible = 12

/**
 * A test statistic watched at several looks: a Brownian motion with drift, read at increasing information, of which only
 * the paths that stayed between the boundaries go on. The density of those paths is kept on Gauss–Legendre nodes
 * (recursive integration of Armitage, McPherson, Rowe 1969, doi:10.2307/2343787).
 */
export class SequentialProcess {
  private information = 0
  /** Positions of the surviving paths on the scale of the Brownian motion, and their mass. */
  private positions = Float64Array.of(0)
  private masses = Float64Array.of(1)

  /** @param drift expected value of the statistic at information 1. */
  constructor(private readonly drift = 0) {}

  /** The chances of leaving at a look with these boundaries on the scale of z; nothing is advanced. */
  exit(information: number, upper: number, lower = -Infinity): ExitProbability {
    const increment = information - this.information
    const spread = sqrt(increment)
    const scale = sqrt(information)
    let [above, below] = [0, 0]
    this.positions.forEach((position, index) => {
      const centre = position + this.drift * increment
      const mass = this.masses[index] as number
      above += mass * standardNormalCdf((centre - upper * scale) / spread)
      if (lower > -Infinity) below += mass * standardNormalCdf((lower * scale - centre) / spread)
    })
    return { upper: above, lower: below }
  }

  /** Passes a look and keeps the paths between its boundaries. */
  advance(information: number, upper: number, lower = -Infinity): void {
    const increment = information - this.information
    const spread = sqrt(increment)
    const scale = sqrt(information)
    const centre = this.drift * information
    const to = Math.min(upper * scale, centre + farAway * scale)
    const from = Math.max(lower * scale, centre - farAway * scale)
    const half = Math.max(0, (to - from) / 2)
    const { nodes, weights } = gaussLegendre(24 + Math.ceil((6 * half) / spread))
    const positions = Float64Array.from(nodes, (node) => from + half * (1 + node))
    const masses = positions.map((position, index) => {
      const density = this.densityAt(position - this.drift * increment, spread)
      return ((weights[index] as number) * half * density) / spread
    })
    this.positions = positions
    this.masses = masses
    this.information = information
  }
  /** The density, times the spread, of what the surviving paths and a normal increment add up to. */
  private densityAt(position: number, spread: number): number {
    let density = 0
    for (let k = 0; k < this.positions.length; k++) {
      const z = (position - (this.positions[k] as number)) / spread
      if (Math.abs(z) < negligible) density += (this.masses[k] as number) * standardNormalDensity(z)
    }
    return density
  }
}
