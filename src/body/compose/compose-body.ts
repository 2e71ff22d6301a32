/** From chosen inputs to the file of a body. Pure, and the same bytes for the same inputs. */
import { anthropometry, type AnthropometryInput } from '../../models/library/body-anthropometry/model.js'
import type { AnyModel } from '../../models/model.js'
import type { ChosenInput, InputReason, SelectedInputs } from '../../simulations/queries/select-model-inputs.js'
import type { BodyKind } from '../events.js'
import { writeBody, writeVentricle } from '../gltf/write-body.js'
import { type Measure, modelReference, NOT_FOR_DIAGNOSIS, type Provenance, withoutEventIds } from '../provenance.js'
import { MAPPING_VERSION } from './body-mappings.js'
import { composeVentricle, VENTRICLE_MODELS, type VentricleInputs, type VentricleOfPerson } from './left-ventricle.js'
import { DRAWN_ORGANS, type DrawnOrgan } from './organ-shapes.js'
import { organVolumes } from './organ-volumes.js'

/** The models that a kind of body is computed by: what consent is asked for. */
export const MODELS_OF: Readonly<Record<BodyKind, readonly AnyModel[]>> = {
  'left-ventricle': VENTRICLE_MODELS as unknown as readonly AnyModel[],
  body: [anthropometry, ...VENTRICLE_MODELS] as unknown as readonly AnyModel[],
}

const VENTRICLE_REMARKS = [
  'The left ventricle is an ellipsoid of revolution, truncated at the base; it has no papillary muscles.',
  'Its end-diastolic volume is computed from the diameter (Teichholz 1976).',
  'The beat is that of a closed loop calibrated to ejection fraction, heart rate and blood pressure.',
]
const ORGAN_REMARKS = [
  'Organs are schematic: their volumes are scaled to the person, their forms and places are not measured.',
  'The lungs are drawn with the air left after a quiet breath out, the heart with the blood in its chambers.',
]

export interface TwinReference {
  twin: string
  revision: number
  /** False: ids of records stay out of the file. */
  named: boolean
}

/** The file, or why there is none. */
export type ComposedBody = { glb: Uint8Array } | { reasons: readonly InputReason[] }

export async function composeLeftVentricle(of: TwinReference, selected: SelectedInputs): Promise<ComposedBody> {
  const ventricle = ventricleFrom(selected)
  if ('reasons' in ventricle) return ventricle
  const { measures } = ventricle
  const provenance = provenanceOf('left-ventricle', of, selected.inputs, measures, VENTRICLE_REMARKS)
  return { glb: await writeVentricle(ventricle, provenance) }
}

/** Without what the ventricle takes, the body is drawn without it and says what is missing. */
export async function composeBody(
  of: TwinReference,
  forOrgans: SelectedInputs,
  forVentricle: SelectedInputs,
): Promise<ComposedBody> {
  if (forOrgans.reasons.length > 0) return { reasons: forOrgans.reasons }
  const person = valuesOf<AnthropometryInput>(forOrgans.inputs)
  const organs = organVolumes(person.sex, anthropometry.evaluate(person))
  const ventricle = ventricleFrom(forVentricle)
  const [drawn, remarks] =
    'reasons' in ventricle
      ? [null, [...ORGAN_REMARKS, `The left ventricle is not shown: ${wordsOf(ventricle.reasons)}.`]]
      : [ventricle, [...ORGAN_REMARKS, ...VENTRICLE_REMARKS]]
  const inputs = drawn ? [...forOrgans.inputs, ...forVentricle.inputs] : forOrgans.inputs
  const measures = [...organMeasures(organs), ...(drawn?.measures ?? [])]
  const provenance = provenanceOf('body', of, inputs, measures, remarks, drawn ? MODELS_OF.body : [anthropometryModel])
  return { glb: await writeBody({ height_cm: person.height_cm, organs, ventricle: drawn }, provenance) }
}

const anthropometryModel = anthropometry as unknown as AnyModel

function ventricleFrom({ inputs, reasons }: SelectedInputs): VentricleOfPerson | { reasons: readonly InputReason[] } {
  if (reasons.length > 0) return { reasons }
  const composed = composeVentricle(valuesOf<VentricleInputs>(inputs))
  return 'geometry' in composed ? composed : { reasons: composed }
}

/** The judge has let these values pass, so they are what the models take. */
function valuesOf<Input>(inputs: readonly ChosenInput[]): Input {
  return Object.fromEntries(inputs.map(({ input, value }) => [input, value])) as Input
}

function organMeasures(organs: Readonly<Record<DrawnOrgan, number>>): Measure[] {
  return DRAWN_ORGANS.map((organ) => ({
    name: organ.replace(' ', '-'),
    quantity: `volume of the ${organ}`,
    value: organs[organ],
    unit: 'mL',
  }))
}

function wordsOf(reasons: readonly InputReason[]): string {
  return reasons.map(({ input, code }) => `${input} ${code}`).join(', ')
}

function provenanceOf(
  kind: BodyKind,
  { twin, revision, named }: TwinReference,
  inputs: readonly ChosenInput[],
  measures: readonly Measure[],
  remarks: readonly string[],
  models = MODELS_OF[kind],
): Provenance {
  return {
    notice: NOT_FOR_DIAGNOSIS,
    kind,
    ...(named && { twin, twinRevision: revision }),
    mapping: MAPPING_VERSION,
    models: models.map(modelReference),
    inputs: named ? inputs : withoutEventIds(inputs),
    measures,
    remarks,
  }
}
