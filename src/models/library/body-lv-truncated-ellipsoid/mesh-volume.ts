import { type SurfaceMesh } from './mesh.js'

/** The volume a closed surface encloses, mm3 for positions in mm: positive when its triangles face outward (sum of signed tetrahedra). */
export function enclosedVolume({ positions, triangles }: Pick<SurfaceMesh, 'positions' | 'triangles'>): number {
  const at = (corner: number, axis: number): number => positions[3 * (triangles[corner] as number) + axis] as number
  let sixfold = 0
  for (let first = 0; first < triangles.length; first += 3) {
    const [a, b, c] = [first, first + 1, first + 2]
    sixfold +=
      at(a, 0) * (at(b, 1) * at(c, 2) - at(b, 2) * at(c, 1)) +
      at(a, 1) * (at(b, 2) * at(c, 0) - at(b, 0) * at(c, 2)) +
      at(a, 2) * (at(b, 0) * at(c, 1) - at(b, 1) * at(c, 0))
  }
  return sixfold / 6
}

/** Whether every edge belongs to exactly two triangles that run along it in opposite directions. */
export function isWatertight({ triangles }: Pick<SurfaceMesh, 'triangles'>): boolean {
  const edges = new Set<string>()
  for (let first = 0; first < triangles.length; first += 3) {
    for (let corner = 0; corner < 3; corner++) {
      const edge = `${triangles[first + corner]} ${triangles[first + ((corner + 1) % 3)]}`
      if (edges.has(edge)) return false
      edges.add(edge)
    }
  }
  return [...edges].every((edge) => edges.has(edge.split(' ').reverse().join(' ')))
}
