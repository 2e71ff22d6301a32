/** A closed surface of triangles, counter-clockwise seen from outside. Lengths in m, as glTF has them. */
export interface Surface {
  readonly name: string
  /** x, y, z of each vertex in turn: at rest, then at each further moment of a beat when it moves. */
  readonly frames: readonly [Float64Array, ...Float64Array[]]
  /** Parts that share the vertices; together they close the surface. */
  readonly parts: readonly SurfacePart[]
}

export interface SurfacePart {
  readonly name: string
  /** Three vertex numbers a triangle. */
  readonly triangles: Uint32Array
  readonly appearance: Appearance
  /** AHA segment, 1 to 17, of a part of the left ventricle. */
  readonly segment?: number
}

/** Linear red, green, blue and opacity, 0 to 1. */
export interface Appearance {
  readonly colour: readonly [number, number, number]
  readonly opacity: number
}

/** All triangles of a surface, part after part. */
export function trianglesOf({ parts }: Pick<Surface, 'parts'>): Uint32Array {
  const all = new Uint32Array(parts.reduce((sum, { triangles }) => sum + triangles.length, 0))
  let next = 0
  for (const { triangles } of parts) {
    all.set(triangles, next)
    next += triangles.length
  }
  return all
}
