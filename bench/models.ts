/** How fast the models are: closed forms, the heart loop beside SciPy, and the estimation of one patient. */
import { cpus } from 'node:os'
import { findModel } from '../src/models/registry/find-model.js'
import { readCurveOfVector } from '../src/models/vectors/curve-of-vector.js'
import { expectsRefusal } from '../src/models/vectors/compare-vector.js'
import { readVectorFile } from '../src/models/vectors/vector-file.js'
import { quantile } from './support/closed-loop.js'
import { compareWithScipy, type MeasuredBeat } from './support/heart-loop-peer.js'

/** Models that are one formula: no integration, no search, no simulation. */
const CLOSED_FORMS = [
  'cvd.prevent-2023',
  'cvd.score2-2021',
  'cvd.score2-diabetes-2023',
  'cvd.treatment-effect',
  'ageing.phenoage-2018',
  'surgery.p-possum',
  'surgery.sort',
  'renal.ckdepi2021+cockcroftgault',
  'pgx.warfarin-iwpc-2009',
  'heart.lvmass-echo',
]
const MAP_ESTIMATIONS = ['pk.map-engine-1cmt-oral', 'pk.vancomycin-goti-2018', 'pk.vancomycin-buelga-2005']
const HEART_LOOP = 'heart.loop-bjordalsbakke-2022'
const ROUNDS = 5
const ROUND_MS = 400

const { models } = readVectorFile()

/** The vectors that give a result, as inputs a model takes. */
function inputsOf(id: string): object[] {
  const vectors = models[id]?.vectors ?? []
  return vectors
    .filter(({ expected }) => !expectsRefusal(expected))
    .map(({ inputs, expected }) => readCurveOfVector(id, inputs, expected).inputs)
}

/** Processor time of this process with all its threads, garbage collection and compilation among them. */
function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

/** Evaluations in a second of processor time, so that other work on the machine counts little: the median of the rounds. */
function rateOf(id: string): number {
  const model = findModel(id)
  const inputs = inputsOf(id)
  const rates = Array.from({ length: ROUNDS + 1 }, () => {
    const from = processorMs()
    let evaluations = 0
    while (processorMs() - from < ROUND_MS)
      for (let batch = 0; batch < 50; batch++) {
        for (const input of inputs) model.evaluate(input)
        evaluations += inputs.length
      }
    return evaluations / ((processorMs() - from) / 1_000)
  })
  return quantile(rates.slice(1), 0.5)
}

/** Milliseconds of the slowest vector of a model: the median of the rounds. */
function slowestMs(id: string): number {
  const model = findModel(id)
  const times = inputsOf(id).map((input) => {
    const rounds = Array.from({ length: ROUNDS + 2 }, () => {
      const from = performance.now()
      model.evaluate(input)
      return performance.now() - from
    })
    return quantile(rounds.slice(2), 0.5)
  })
  return Math.max(...times)
}

/** Seconds of processor time of one evaluation: the median of the rounds, so that other work on the machine counts little. */
function processorSeconds(id: string, input: object): number {
  const model = findModel(id)
  const evaluations = 10
  const rounds = Array.from({ length: ROUNDS + 2 }, () => {
    const from = processorMs()
    for (let evaluation = 0; evaluation < evaluations; evaluation++) model.evaluate(input)
    return (processorMs() - from) / evaluations / 1_000
  })
  return quantile(rounds.slice(2), 0.5)
}

export function modelsBench(): Promise<object> {
  const closedForms = Object.fromEntries(CLOSED_FORMS.map((id) => [id, rateOf(id)]))
  const loop = findModel(HEART_LOOP)
  const result = loop.evaluate({ overrides: {} }) as MeasuredBeat & { beatsBefore: number }
  const ours = processorSeconds(HEART_LOOP, { overrides: {} })
  const scipy = compareWithScipy(result)
  return Promise.resolve({
    machine: { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length },
    'closed forms, evaluations/s of processor time': closedForms,
    'slowest of them': Math.min(...Object.values(closedForms)),
    'heart loop to steady state': {
      'ours (s of processor time)': ours,
      beats: result.beatsBefore,
      ...(scipy === null
        ? { scipy: 'not measured: /usr/bin/python3 has no scipy' }
        : {
            'error, ours (largest relative, EDV ESV EF SBP DBP)': scipy.ourError,
            'the reference is known to': scipy.referenceKnownTo,
            'solve_ivp, fastest of each method that errs no more': scipy.atEqualError,
            'our rate against each': Object.fromEntries(
              Object.entries(scipy.atEqualError).map(([method, peer]) => [method, peer && peer.seconds / ours]),
            ),
          }),
    },
    'MAP estimation of one patient, slowest vector (ms)': Object.fromEntries(
      MAP_ESTIMATIONS.map((id) => [id, slowestMs(id)]),
    ),
  })
}
