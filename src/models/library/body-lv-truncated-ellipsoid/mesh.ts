import { cos, PI, sin, sqrt } from '../../numerics/elementary.js'
import { type VentricleGeometry } from './geometry.js'
import { type Level, levelBounds, segmentAt } from './segments.js'

/** How fine a mesh is. Meshes of equal resolution have equal triangles, so they serve as each other's morph targets. */
export interface MeshResolution {
  /** Sectors about the long axis; a multiple of 24, so that the edges of all segments are edges of the mesh. */
  readonly sectors: number
  /** Rings in each third of the cavity and in the cap. */
  readonly ringsPerLevel: number
}

/** A closed surface of triangles, counter-clockwise seen from outside. */
export interface SurfaceMesh {
  /** x, y, z of each vertex in turn, mm */
  readonly positions: Float64Array
  /** Three vertex numbers a triangle */
  readonly triangles: Uint32Array
  /** AHA segment, 1 to 17, of each triangle */
  readonly segments: Uint8Array
}

export const DEFAULT_RESOLUTION: MeshResolution = { sectors: 96, ringsPerLevel: 10 }

/** The wall of the ventricle as one closed surface: endocardium, epicardium and the ring of the base between them. */
export function wallMesh(geometry: VentricleGeometry, resolution = DEFAULT_RESOLUTION): SurfaceMesh {
  const builder = new MeshBuilder(resolution)
  const epi = builder.addShell(epicardialRings(geometry, resolution), -geometry.cEpi_mm)
  const endo = builder.addShell(endocardialRings(geometry, resolution), -geometry.cEndo_mm)
  builder.coverShell(epi, 'outward')
  builder.coverShell(endo, 'inward')
  builder.coverBase(endo, epi)
  return builder.build()
}

/** The cavity as a closed surface: the endocardium and a lid in the plane of the base. */
export function cavityMesh(geometry: VentricleGeometry, resolution = DEFAULT_RESOLUTION): SurfaceMesh {
  const builder = new MeshBuilder(resolution)
  const endo = builder.addShell(endocardialRings(geometry, resolution), -geometry.cEndo_mm)
  builder.coverShell(endo, 'outward')
  builder.coverWithLid(endo, geometry.baseZ_mm)
  return builder.build()
}

/** One circle of vertices. */
interface Ring {
  readonly z: number
  readonly radius: number
  /** The level of the strip below the ring. */
  readonly level: Level
}

function endocardialRings(geometry: VentricleGeometry, { ringsPerLevel }: MeshResolution): Ring[] {
  const bounds = levelBounds(geometry).slice(0, 4)
  return ringsOf(geometry.aEndo_mm, geometry.cEndo_mm, bounds, ringsPerLevel)
}

function epicardialRings(geometry: VentricleGeometry, { ringsPerLevel }: MeshResolution): Ring[] {
  return ringsOf(geometry.aEpi_mm, geometry.cEpi_mm, levelBounds(geometry), ringsPerLevel)
}

const levels: readonly Level[] = ['basal', 'mid', 'apical', 'cap']

/**
 * Rings from the base down; the apex itself is a single vertex and not among them. Between two bounds the steps shrink
 * towards the apex with the root of the distance to it, which keeps the steps along the surface alike.
 */
function ringsOf(a: number, c: number, bounds: readonly number[], ringsPerLevel: number): Ring[] {
  return bounds.slice(1).flatMap((lower, index) => {
    const level = levels[index] as Level
    const from = sqrt((bounds[index] as number) + c)
    const to = sqrt(Math.max(lower + c, 0))
    return Array.from({ length: ringsPerLevel }, (_, step) => {
      const root = from + ((to - from) * step) / ringsPerLevel
      const z = root * root - c
      return { z, radius: a * sqrt(Math.max(0, 1 - (z * z) / (c * c))), level }
    })
  })
}

/** A shell that was added: where its vertices begin, its rings and its apex. */
interface Shell {
  readonly first: number
  readonly rings: readonly Ring[]
  readonly apex: number
}

class MeshBuilder {
  private readonly positions: number[] = []
  private readonly triangles: number[] = []
  private readonly segments: number[] = []
  private readonly sectors: number

  constructor({ sectors, ringsPerLevel }: MeshResolution) {
    if (sectors < 24 || sectors % 24 !== 0) throw new RangeError('The number of sectors must be a multiple of 24.')
    if (!Number.isInteger(ringsPerLevel) || ringsPerLevel < 1) throw new RangeError('A level needs at least one ring.')
    this.sectors = sectors
  }

  addShell(rings: readonly Ring[], apexZ: number): Shell {
    const first = this.positions.length / 3
    for (const { z, radius } of rings) {
      for (let sector = 0; sector < this.sectors; sector++) {
        const angle = (2 * PI * sector) / this.sectors
        this.positions.push(radius * cos(angle), radius * sin(angle), z)
      }
    }
    return { first, rings, apex: this.addVertex(apexZ) }
  }

  coverShell({ first, rings, apex }: Shell, facing: 'outward' | 'inward'): void {
    const flip = facing === 'inward'
    rings.forEach(({ level }, ring) => {
      const isLast = ring === rings.length - 1
      this.forEachSector((sector, next) => {
        const [upper, upperNext] = [this.vertex(first, ring, sector), this.vertex(first, ring, next)]
        const lower = isLast ? apex : this.vertex(first, ring + 1, sector)
        this.addTriangle(upper, lower, upperNext, level, sector, flip)
        if (!isLast) this.addTriangle(upperNext, lower, this.vertex(first, ring + 1, next), level, sector, flip)
      })
    })
  }

  coverBase(inner: Shell, outer: Shell): void {
    this.forEachSector((sector, next) => {
      const [inside, insideNext] = [this.vertex(inner.first, 0, sector), this.vertex(inner.first, 0, next)]
      const [outside, outsideNext] = [this.vertex(outer.first, 0, sector), this.vertex(outer.first, 0, next)]
      this.addTriangle(inside, outside, outsideNext, 'basal', sector, false)
      this.addTriangle(inside, outsideNext, insideNext, 'basal', sector, false)
    })
  }

  coverWithLid({ first }: Shell, z: number): void {
    const centre = this.addVertex(z)
    this.forEachSector((sector, next) => {
      this.addTriangle(this.vertex(first, 0, sector), this.vertex(first, 0, next), centre, 'basal', sector, false)
    })
  }

  build(): SurfaceMesh {
    return {
      positions: Float64Array.from(this.positions),
      triangles: Uint32Array.from(this.triangles),
      segments: Uint8Array.from(this.segments),
    }
  }

  /** A vertex on the long axis. */
  private addVertex(z: number): number {
    this.positions.push(0, 0, z)
    return this.positions.length / 3 - 1
  }

  private vertex(first: number, ring: number, sector: number): number {
    return first + ring * this.sectors + sector
  }

  private forEachSector(visit: (sector: number, next: number) => void): void {
    for (let sector = 0; sector < this.sectors; sector++) visit(sector, (sector + 1) % this.sectors)
  }

  private addTriangle(a: number, b: number, c: number, level: Level, sector: number, flip: boolean): void {
    this.triangles.push(a, flip ? c : b, flip ? b : c)
    this.segments.push(segmentAt(level, ((sector + 0.5) * 360) / this.sectors))
  }
}
