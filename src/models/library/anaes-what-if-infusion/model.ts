import { isAbsent } from '../../absence.js'
import { drawsOf, seedInput } from '../../draws.js'
import { type InputSpecification } from '../../input-specification.js'
import { defineModel } from '../../model.js'
import { type RefusalReason } from '../../model-refusal.js'
import { exp, sqrt } from '../../numerics/elementary.js'
import { type RandomStream } from '../../numerics/random/random-stream.js'
import { intervalOf, type Interval, type Uncertainty } from '../../uncertainty.js'
import { coefficients as eleveld } from '../anaes-eleveld-propofol-2018/coefficients.js'
import { eleveldPropofol2018, type EleveldInput } from '../anaes-eleveld-propofol-2018/model.js'
import { type PropofolParameters, typicalParameters } from '../anaes-eleveld-propofol-2018/parameters.js'
import { type RateSegment, readRegimen } from '../anaes-eleveld-propofol-2018/regimen.js'
import { emergenceMinute, emergenceTime, PropofolSimulation } from '../anaes-eleveld-propofol-2018/simulation.js'
import { card } from './card.js'

export interface PropofolEmergenceInput extends Omit<EleveldInput, 'times_min'> {
  readonly alternativeRegimen: string
  readonly seed?: number | null
}

/** One infusion in the typical patient of these covariates. */
export interface InfusionCourse {
  readonly infusionEnd_min: number
  /** From the end of the infusion; null when the patient never fell asleep or sleeps longer than a day. */
  readonly emergence_min: number | null
  readonly deepestBIS: number
  readonly propofol_mg: number
}

interface EmergenceDraws {
  readonly emergence_min: Interval | null
  /** Share of the drawn patients who never fell below the index, or slept longer than a day. */
  readonly withoutEmergence: number
}

interface EmergenceAtIndex {
  readonly lowerIndex_min: number | null
  readonly higherIndex_min: number | null
}

export interface PropofolEmergenceOutput {
  readonly planned: InfusionCourse
  readonly alternative: InfusionCourse
  /** Alternative less planned; null where either has no emergence. */
  readonly difference_min: number | null
  readonly uncertainty: Uncertainty<
    { readonly planned: EmergenceDraws; readonly alternative: EmergenceDraws },
    { readonly planned: EmergenceAtIndex; readonly alternative: EmergenceAtIndex },
    null
  >
}

/** Patients drawn for each infusion. */
const DRAWS = 100

const inputs: readonly InputSpecification[] = [
  ...eleveldPropofol2018.inputs.filter(({ name }) => name !== 'times_min'),
  { name: 'alternativeRegimen', kind: 'text', quantity: 'other propofol infusion' },
  seedInput,
]

/** Emergence after two infusions, side by side. */
export const propofolEmergence = defineModel<PropofolEmergenceInput, PropofolEmergenceOutput>({
  id: card.id,
  version: card.version,
  inputs,
  outputs: [
    ...(['planned', 'alternative'] as const).flatMap((name) => [
      { name: `${name}.infusionEnd_min`, quantity: 'end of the infusion', unit: 'min' },
      { name: `${name}.emergence_min`, quantity: 'from the end to emergence', unit: 'min', nullable: true },
      { name: `${name}.deepestBIS`, quantity: 'lowest bispectral index', unit: '1' },
      { name: `${name}.propofol_mg`, quantity: 'propofol given', unit: 'mg' },
    ]),
    { name: 'difference_min', quantity: 'later emergence with the alternative', unit: 'min', nullable: true },
    { name: 'uncertainty', quantity: 'by kind of uncertainty' },
  ],
  card,
  coefficients: { eleveld, draws: DRAWS },
  applicability: ({ regimen, alternativeRegimen }) => [
    ...refuseSentence('regimen', regimen),
    ...refuseSentence('alternativeRegimen', alternativeRegimen),
  ],
  compute(input) {
    const infusions = {
      planned: readRegimen(input.regimen, input.weight_kg),
      alternative: readRegimen(input.alternativeRegimen, input.weight_kg),
    }
    const of = <Result>(measure: (segments: readonly RateSegment[]) => Result) => ({
      planned: measure(infusions.planned),
      alternative: measure(infusions.alternative),
    })
    const { planned, alternative } = of((segments) => course(input, segments))
    const [first, second] = [planned.emergence_min, alternative.emergence_min]
    return {
      planned,
      alternative,
      difference_min: first === null || second === null ? null : second - first,
      uncertainty: {
        parameter: of((segments) => drawnPatients(input, segments)),
        measurement: of((segments) => atOtherIndices(input, segments)),
        structural: null,
      },
    }
  },
})

/** What the model of the infusion says of a sentence, under the name it has here. */
function refuseSentence(name: string, sentence: unknown): RefusalReason[] {
  if (typeof sentence !== 'string') return []
  return eleveldPropofol2018
    .refusals({ regimen: sentence })
    .filter(({ input }) => input === 'regimen')
    .map((reason) => ({ ...reason, input: name }))
}

const awakeIndex = ({ emergenceBIS }: PropofolEmergenceInput): number =>
  isAbsent(emergenceBIS) ? eleveld.emergenceBIS : emergenceBIS

function course(input: PropofolEmergenceInput, segments: readonly RateSegment[]): InfusionCourse {
  const simulation = new PropofolSimulation(typicalParameters(input), segments)
  // The effect site fills for some minutes after the end, so the deepest point may lie there.
  const minutes = Array.from({ length: Math.ceil(simulation.end) + 11 }, (_, minute) => minute)
  return {
    infusionEnd_min: simulation.end,
    emergence_min: emergenceTime(simulation, awakeIndex(input)),
    deepestBIS: minutes.reduce((deepest, minute) => Math.min(deepest, simulation.at(minute).BIS), eleveld.baselineBIS),
    propofol_mg: segments.reduce((total, { dur_min, rate_mg_min }) => total + dur_min * rate_mg_min, 0),
  }
}

function drawnPatients(input: PropofolEmergenceInput, segments: readonly RateSegment[]): EmergenceDraws {
  const typical = typicalParameters(input)
  // One seed draws the same patients for both infusions: what differs is the infusion.
  const times = drawsOf(input.seed, 0, DRAWS, (stream) =>
    emergenceMinute(new PropofolSimulation(drawn(typical, stream), segments), awakeIndex(input)),
  ).filter((time) => time !== null)
  return {
    emergence_min: times.length === 0 ? null : intervalOf(times),
    withoutEmergence: (DRAWS - times.length) / DRAWS,
  }
}

function drawn(typical: PropofolParameters, stream: RandomStream): PropofolParameters {
  const { variance } = eleveld
  const vary = (name: keyof typeof variance): number => typical[name] * exp(sqrt(variance[name]) * stream.normal())
  return {
    V1: vary('V1'),
    V2: vary('V2'),
    V3: vary('V3'),
    CL: vary('CL'),
    Q2: vary('Q2'),
    Q3: vary('Q3'),
    ke0: vary('ke0'),
    Ce50: vary('Ce50'),
    ffm: typical.ffm,
  }
}

function atOtherIndices(input: PropofolEmergenceInput, segments: readonly RateSegment[]): EmergenceAtIndex {
  const simulation = new PropofolSimulation(typicalParameters(input), segments)
  const index = awakeIndex(input)
  return {
    lowerIndex_min: emergenceTime(simulation, index - eleveld.residualBIS),
    higherIndex_min: emergenceTime(simulation, index + eleveld.residualBIS),
  }
}
