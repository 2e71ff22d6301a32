/** Triangles by vertex number, as a file has them. */
export interface IndexedTriangles {
  /** x, y, z of each vertex in turn. */
  readonly positions: Float32Array
  /** Three vertex numbers a triangle. */
  readonly indices: Uint32Array
}

/**
 * Whether every edge belongs to exactly two triangles that run along it in opposite directions. Vertices at one place count
 * as one, since files repeat them where colours or normals change; triangles that shrink to a line do not count.
 */
export function isClosed({ positions, indices }: IndexedTriangles): boolean {
  const place = placesOf(positions)
  const places = positions.length / 3
  const edges = new Set<number>()
  for (let first = 0; first < indices.length; first += 3) {
    const corners = [0, 1, 2].map((corner) => place[indices[first + corner] as number] as number)
    const [a, b, c] = corners as [number, number, number]
    if (a === b || b === c || a === c) continue
    for (const edge of [a * places + b, b * places + c, c * places + a]) {
      if (edges.has(edge)) return false
      edges.add(edge)
    }
  }
  for (const edge of edges) if (!edges.has((edge % places) * places + Math.floor(edge / places))) return false
  return true
}

/** For each vertex the number of the first one at the same place. */
function placesOf(positions: Float32Array): Uint32Array {
  const known = new Map<string, number>()
  const places = new Uint32Array(positions.length / 3)
  for (let vertex = 0; vertex < places.length; vertex++) {
    const place = positions.subarray(3 * vertex, 3 * vertex + 3).join(' ')
    const first = known.get(place) ?? vertex
    known.set(place, first)
    places[vertex] = first
  }
  return places
}

/** Several surfaces as one, such as the primitives of a mesh. */
export function joined(surfaces: readonly IndexedTriangles[]): IndexedTriangles {
  const total = (of: (surface: IndexedTriangles) => number): number => surfaces.reduce((sum, one) => sum + of(one), 0)
  const positions = new Float32Array(total((surface) => surface.positions.length))
  const indices = new Uint32Array(total((surface) => surface.indices.length))
  let vertices = 0
  let corners = 0
  for (const surface of surfaces) {
    positions.set(surface.positions, 3 * vertices)
    indices.set(
      surface.indices.map((vertex) => vertex + vertices),
      corners,
    )
    vertices += surface.positions.length / 3
    corners += surface.indices.length
  }
  return { positions, indices }
}
