import { sqrt } from '../../models/numerics/elementary.js'

/**
 * Unit normals at the vertices of a closed surface: the mean over the triangles that meet there, weighted by their area.
 * @param positions x, y, z of each vertex in turn.
 * @param triangles three vertex numbers each, counter-clockwise seen from outside.
 * @returns x, y, z of each normal; +z where the surface has no direction.
 */
export function vertexNormals(positions: Float64Array, triangles: Uint32Array): Float64Array {
  const normals = new Float64Array(positions.length)
  const at = (vertex: number, axis: number): number => positions[3 * vertex + axis] as number
  for (let first = 0; first < triangles.length; first += 3) {
    const corners = [
      triangles[first] as number,
      triangles[first + 1] as number,
      triangles[first + 2] as number,
    ] as const
    const [a, b, c] = corners
    const [ux, uy, uz] = [at(b, 0) - at(a, 0), at(b, 1) - at(a, 1), at(b, 2) - at(a, 2)]
    const [vx, vy, vz] = [at(c, 0) - at(a, 0), at(c, 1) - at(a, 1), at(c, 2) - at(a, 2)]
    const cross = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx]
    for (const corner of corners)
      cross.forEach((value, axis) => (normals[3 * corner + axis] = (normals[3 * corner + axis] as number) + value))
  }
  for (let first = 0; first < normals.length; first += 3) normalise(normals, first)
  return normals
}

function normalise(vectors: Float64Array, first: number): void {
  const [x, y, z] = [vectors[first] as number, vectors[first + 1] as number, vectors[first + 2] as number]
  const length = sqrt(x * x + y * y + z * z)
  vectors.set(length > 0 ? [x / length, y / length, z / length] : [0, 0, 1], first)
}
