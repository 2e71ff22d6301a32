import { type Appearance } from './surface.js'

/** Walls of the ventricle as coronary territories are spoken of; each has a hue, and the level its lightness. */
const HUES = {
  anterior: [0.78, 0.16, 0.12],
  septal: [0.86, 0.52, 0.08],
  inferior: [0.12, 0.42, 0.74],
  lateral: [0.14, 0.55, 0.3],
  apex: [0.5, 0.3, 0.62],
} as const satisfies Record<string, Appearance['colour']>

const WALLS: readonly (keyof typeof HUES)[] = [
  ...(['anterior', 'septal', 'septal', 'inferior', 'lateral', 'lateral'] as const),
  ...(['anterior', 'septal', 'septal', 'inferior', 'lateral', 'lateral'] as const),
  ...(['anterior', 'septal', 'inferior', 'lateral'] as const),
  'apex',
]

/** Neighbours of one wall (segments 2 and 3, 5 and 6, 8 and 9, 11 and 12) differ in lightness too. */
const SECOND_OF_ITS_WALL = [3, 6, 9, 12]

/** How an AHA segment looks. @param segment 1 to 17 */
export function segmentAppearance(segment: number): Appearance {
  const [red, green, blue] = HUES[WALLS[segment - 1] ?? 'apex']
  const level = segment <= 6 ? 0.75 : segment <= 12 ? 1 : 1.2
  const shade = level * (SECOND_OF_ITS_WALL.includes(segment) ? 0.78 : 1)
  const shaded = (part: number): number => Math.min(part * shade, 1)
  return { colour: [shaded(red), shaded(green), shaded(blue)], opacity: 1 }
}
