/** The two files of a body: the left ventricle alone, and all organs with the ventricle in its place. */
import { beatingVentricle } from '../geometry/beating-ventricle.js'
import { shapeOfVolume } from '../geometry/star-shape.js'
import type { Appearance, Surface } from '../geometry/surface.js'
import type { VentricleOfPerson } from '../compose/left-ventricle.js'
import { DRAWN_ORGANS, ORGAN_SHAPES, type DrawnOrgan } from '../compose/organ-shapes.js'
import type { Provenance } from '../provenance.js'
import { GlbScene, type Pose } from './glb-scene.js'

/** The long axis of the ventricle, z in its model, upright as glTF's y. */
const UPRIGHT = [-Math.SQRT1_2, 0, 0, Math.SQRT1_2] as const
/** In the body its apex points to the left, down and to the front, and its septum to the right and to the front. */
const IN_THE_CHEST = [-0.083047, -0.848416, -0.315479, 0.416853] as const
/** Lets the ventricle be seen inside the heart. */
const SEE_THROUGH = 0.3

export function writeVentricle(ventricle: VentricleOfPerson, provenance: Provenance): Promise<Uint8Array> {
  const scene = new GlbScene('Left ventricle', provenance)
  addVentricle(scene, ventricle, { rotation: UPRIGHT })
  return scene.write()
}

export interface BodyParts {
  readonly height_cm: number
  /** mL */
  readonly organs: Readonly<Record<DrawnOrgan, number>>
  /** Null where the twin does not have what it takes. */
  readonly ventricle: VentricleOfPerson | null
}

export function writeBody({ height_cm, organs, ventricle }: BodyParts, provenance: Provenance): Promise<Uint8Array> {
  const scene = new GlbScene('Body', provenance)
  const placeOf = (organ: DrawnOrgan): [number, number, number] => {
    const [left, up, front] = ORGAN_SHAPES[organ].place.map((part) => (part * height_cm) / 100)
    return [left!, up!, front!]
  }
  for (const organ of DRAWN_ORGANS) {
    const seeThrough = organ === 'heart' && ventricle !== null
    scene.add(organSurface(organ, organs[organ], seeThrough), { translation: placeOf(organ) })
  }
  if (ventricle) addVentricle(scene, ventricle, { rotation: unit(IN_THE_CHEST), translation: placeOf('heart') })
  return scene.write()
}

function addVentricle(scene: GlbScene, { geometry, beat: { loop } }: VentricleOfPerson, pose: Pose): void {
  const [first, ...others] = loop.LV_V_mL.slice(0, -1)
  const { wall, cavity } = beatingVentricle(geometry, [first!, ...others])
  scene.add(wall, pose)
  scene.add(cavity, pose)
  scene.animate('Heart beat', loop.t_s)
}

function organSurface(organ: DrawnOrgan, volume_mL: number, seeThrough: boolean): Surface {
  const { shape, appearance } = ORGAN_SHAPES[organ]
  const { positions, triangles } = shapeOfVolume(shape, volume_mL)
  const shown: Appearance = seeThrough ? { ...appearance, opacity: SEE_THROUGH } : appearance
  return { name: organ, frames: [positions], parts: [{ name: organ, triangles, appearance: shown }] }
}

function unit([x, y, z, w]: readonly [number, number, number, number]): readonly [number, number, number, number] {
  const length = Math.sqrt(x * x + y * y + z * z + w * w)
  return [x / length, y / length, z / length, w / length]
}
