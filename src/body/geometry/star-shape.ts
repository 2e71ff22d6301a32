import { cos, exp, PI, sin, sqrt } from '../../models/numerics/elementary.js'
import { enclosedVolume } from '../../models/library/body-lv-truncated-ellipsoid/mesh-volume.js'

type Vector = readonly [number, number, number]

/** A closed shape around a centre: an ellipsoid that is pressed in or drawn out in some directions. */
export interface StarShape {
  /** Proportions of the half-axes: to the left of the person, up, and to the front. */
  readonly axes: Vector
  readonly bulges: readonly Bulge[]
}

export interface Bulge {
  /** Where it is, seen from the centre; need not have length 1. */
  readonly towards: Vector
  /** Part of the radius that is added there; negative presses in, above −1. */
  readonly height: number
  /** How fast it fades: 1 is wide, 8 narrow. */
  readonly sharpness: number
}

/** How fine: sectors around the vertical and rings from pole to pole. */
const SECTORS = 40
const RINGS = 24

export interface ClosedMesh {
  readonly positions: Float64Array
  readonly triangles: Uint32Array
}

/**
 * The shape, scaled so that its mesh encloses exactly a volume. Every point is seen from the centre in a straight line, so it
 * never cuts itself. @param volume_mL above 0 @returns in m
 */
export function shapeOfVolume(shape: StarShape, volume_mL: number): ClosedMesh {
  const directions = [...directionsFromTop()]
  const unit = Float64Array.from(directions.flatMap((direction) => pointOf(shape, direction)))
  const triangles = sphereTriangles()
  const scale = cubeRoot((volume_mL * 1e-6) / enclosedVolume({ positions: unit, triangles }))
  return { positions: unit.map((coordinate) => coordinate * scale), triangles }
}

function pointOf({ axes, bulges }: StarShape, direction: Vector): number[] {
  const factor = bulges.reduce((product, bulge) => product * (1 + bulge.height * nearness(bulge, direction)), 1)
  return axes.map((axis, index) => axis * (direction[index] as number) * factor)
}

/** 1 in the bulge's direction, falling off around it. */
function nearness({ towards, sharpness }: Bulge, direction: Vector): number {
  const [x, y, z] = towards
  const cosine = (x * direction[0] + y * direction[1] + z * direction[2]) / sqrt(x * x + y * y + z * z)
  return exp(sharpness * (cosine - 1))
}

function* directionsFromTop(): Generator<Vector> {
  yield [0, 1, 0]
  for (let ring = 1; ring < RINGS; ring++) {
    const polar = (PI * ring) / RINGS
    for (let sector = 0; sector < SECTORS; sector++) {
      const around = (2 * PI * sector) / SECTORS
      yield [sin(polar) * sin(around), cos(polar), sin(polar) * cos(around)]
    }
  }
  yield [0, -1, 0]
}

/** Triangles over `directionsFromTop`, counter-clockwise seen from outside. */
function sphereTriangles(): Uint32Array {
  const triangles: number[] = []
  const bottom = 1 + (RINGS - 1) * SECTORS
  const vertex = (ring: number, sector: number): number => 1 + (ring - 1) * SECTORS + (sector % SECTORS)
  for (let sector = 0; sector < SECTORS; sector++) {
    triangles.push(0, vertex(1, sector), vertex(1, sector + 1))
    for (let ring = 1; ring < RINGS - 1; ring++) {
      const [upper, upperNext] = [vertex(ring, sector), vertex(ring, sector + 1)]
      const [lower, lowerNext] = [vertex(ring + 1, sector), vertex(ring + 1, sector + 1)]
      triangles.push(upper, lower, upperNext, upperNext, lower, lowerNext)
    }
    triangles.push(vertex(RINGS - 1, sector), bottom, vertex(RINGS - 1, sector + 1))
  }
  return Uint32Array.from(triangles)
}

/** By Newton's method, whose last bits are the same on every platform. */
function cubeRoot(value: number): number {
  let root = value > 1 ? value : 1
  for (;;) {
    const next = root - (root * root * root - value) / (3 * root * root)
    if (next >= root) return root
    root = next
  }
}
