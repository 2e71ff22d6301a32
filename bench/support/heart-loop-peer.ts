/** The heart loop beside SciPy at equal error: both are held against one reference, on the same quantities. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { projectRoot } from '../../src/platform/project-root.js'

/** What one beat of the steady state measures, and what errors are counted on: mL, 1, mmHg. */
const QUANTITIES = ['EDV', 'ESV', 'EF', 'SBP', 'DBP'] as const
export type MeasuredBeat = Record<(typeof QUANTITIES)[number], number>

interface Configuration {
  /** Of solve_ivp; absent for the reference. */
  method?: string
  rtol?: number
  atol?: number
  /** Largest relative change over a beat at which the state counts as periodic. */
  periodicity: number
  repetitions: number
}

interface Timed extends MeasuredBeat {
  seconds: number
  beats: number
}

/** SciPy as it was asked, how long it took and how far off it was. */
export interface Peer {
  method: string
  rtol: number
  periodicity: number
  seconds: number
  beats: number
  error: number
}

export interface Comparison {
  /** Largest relative error of ours over all quantities. */
  ourError: number
  /** The reference against itself, computed less exactly: errors count down to this. */
  referenceKnownTo: number
  /** For each method of solve_ivp, the fastest configuration whose error is not above ours; null when none was. */
  atEqualError: Record<string, Peer | null>
}

const EXACT: Configuration = { periodicity: 1e-12, repetitions: 1 }
const LESS_EXACT: Configuration = { periodicity: 1e-10, repetitions: 1 }

/** Falling tolerances, and a state that counts as periodic early or late: whatever suits the method best. */
const CANDIDATES: Configuration[] = [
  ...grid('LSODA', [1e-7, 3e-8, 1e-8, 3e-9, 1e-9], [1, 10, 100]),
  ...grid('DOP853', [3e-8, 1e-8, 3e-9, 1e-9], [1, 10]),
  ...grid('RK45', [1e-9, 3e-10, 1e-10], [10]),
]
const REPETITIONS = 5

function grid(method: string, tolerances: readonly number[], factors: readonly number[]): Configuration[] {
  return tolerances.flatMap((rtol) =>
    factors.map((factor) => ({ method, rtol, atol: rtol, periodicity: rtol * factor, repetitions: 1 })),
  )
}

/** @returns null where Python or SciPy is not there */
export function compareWithScipy(ours: MeasuredBeat): Comparison | null {
  const found = solveWithScipy([EXACT, LESS_EXACT, ...CANDIDATES])
  if (found === null) return null
  const [reference, lessExact, ...candidates] = found as [Timed, Timed, ...Timed[]]
  const ourError = errorOf(ours, reference)
  const good = CANDIDATES.filter((_, index) => errorOf(candidates[index]!, reference) <= ourError)
  const timed = solveWithScipy(good.map((configuration) => ({ ...configuration, repetitions: REPETITIONS })))!
  const peers = good.map((configuration, index) => peerOf(configuration, timed[index]!, reference))
  const methods = [...new Set(CANDIDATES.map(({ method }) => method!))]
  return {
    ourError,
    referenceKnownTo: errorOf(lessExact, reference),
    atEqualError: Object.fromEntries(
      methods.map((method) => [method, fastestOf(peers.filter((peer) => peer.method === method))]),
    ),
  }
}

/** Largest relative error over all quantities. */
function errorOf(beat: MeasuredBeat, reference: MeasuredBeat): number {
  return Math.max(...QUANTITIES.map((name) => Math.abs(beat[name] / reference[name] - 1)))
}

function peerOf({ method, rtol, periodicity }: Configuration, timed: Timed, reference: MeasuredBeat): Peer {
  const { seconds, beats } = timed
  return { method: method!, rtol: rtol!, periodicity, seconds, beats, error: errorOf(timed, reference) }
}

function fastestOf(peers: readonly Peer[]): Peer | null {
  return peers.reduce<Peer | null>((best, peer) => (best === null || peer.seconds < best.seconds ? peer : best), null)
}

function solveWithScipy(configurations: readonly Configuration[]): Timed[] | null {
  const script = join(projectRoot(), 'bench', 'peers', 'heart_loop.py')
  try {
    const input = JSON.stringify(configurations)
    return JSON.parse(execFileSync('/usr/bin/python3', [script], { encoding: 'utf8', input })) as Timed[]
  } catch {
    return null
  }
}
