import { ventricleAtVolume } from '../../models/library/body-lv-truncated-ellipsoid/fit.js'
import { cavityVolume, type VentricleGeometry } from '../../models/library/body-lv-truncated-ellipsoid/geometry.js'
import { enclosedVolume } from '../../models/library/body-lv-truncated-ellipsoid/mesh-volume.js'
import {
  cavityMesh,
  type MeshResolution,
  type SurfaceMesh,
  wallMesh,
} from '../../models/library/body-lv-truncated-ellipsoid/mesh.js'
import { SEGMENT_NAMES } from '../../models/library/body-lv-truncated-ellipsoid/segments.js'
import { segmentAppearance } from './segment-appearance.js'
import { type Surface, type SurfacePart } from './surface.js'

const RESOLUTION: MeshResolution = { sectors: 72, ringsPerLevel: 6 }
const METRES_PER_MM = 0.001
const BLOOD = { colour: [0.45, 0.02, 0.03], opacity: 0.55 } as const

/** The ventricle's wall, in its 17 segments, and the blood in its cavity. */
export interface BeatingVentricle {
  readonly wall: Surface
  readonly cavity: Surface
}

/**
 * The ventricle at each cavity volume of a beat; all moments have the same triangles. The flat faces of a mesh cut a little
 * inside the ellipsoid, so it is enlarged by that part: what the cavity's mesh encloses is the volume itself.
 * @param volumes_mL of the cavity, each above 0; the first is the mesh at rest.
 */
export function beatingVentricle(
  fitted: VentricleGeometry,
  volumes_mL: readonly [number, ...number[]],
): BeatingVentricle {
  const meshShare = enclosedVolume(cavityMesh(fitted, RESOLUTION)) / cavityVolume(fitted)
  const moments = volumes_mL.map((volume) => ventricleAtVolume(fitted, (volume * 1000) / meshShare))
  const walls = moments.map((geometry) => wallMesh(geometry, RESOLUTION))
  const cavities = moments.map((geometry) => cavityMesh(geometry, RESOLUTION))
  return {
    wall: { name: 'Left ventricular wall', frames: framesOf(walls), parts: segmentsOf(walls[0]!) },
    cavity: {
      name: 'Left ventricular cavity',
      frames: framesOf(cavities),
      parts: [{ name: 'Blood in the cavity', triangles: cavities[0]!.triangles, appearance: BLOOD }],
    },
  }
}

function framesOf(meshes: readonly SurfaceMesh[]): Surface['frames'] {
  const [first, ...others] = meshes.map(({ positions }) => positions.map((millimetres) => millimetres * METRES_PER_MM))
  return [first!, ...others]
}

function segmentsOf({ triangles, segments }: SurfaceMesh): SurfacePart[] {
  return SEGMENT_NAMES.map((name, index) => {
    const segment = index + 1
    const corners = triangles.filter((_vertex, corner) => segments[Math.floor(corner / 3)] === segment)
    return { name: `AHA ${segment} ${name}`, triangles: corners, appearance: segmentAppearance(segment), segment }
  })
}
