import { type Appearance } from '../geometry/surface.js'
import { type StarShape } from '../geometry/star-shape.js'

export const DRAWN_ORGANS = [
  'brain',
  'right lung',
  'left lung',
  'heart',
  'liver',
  'spleen',
  'pancreas',
  'right kidney',
  'left kidney',
] as const
export type DrawnOrgan = (typeof DRAWN_ORGANS)[number]

/** A schematic organ: nothing but its volume is the person's. */
export interface OrganShape {
  readonly shape: StarShape
  /** Where its centre is, in parts of the body height: to the person's left, up from the soles, to the front. */
  readonly place: readonly [number, number, number]
  readonly appearance: Appearance
}

/** The bean of a kidney. @param side 1 for the left one, −1 for the right */
const kidney = (side: 1 | -1): OrganShape => ({
  shape: {
    axes: [0.5, 1, 0.45],
    bulges: [{ towards: [-side, 0, 0.3], height: -0.45, sharpness: 6 }],
  },
  place: [side * 0.036, side > 0 ? 0.612 : 0.604, -0.03],
  appearance: { colour: [0.42, 0.1, 0.08], opacity: 1 },
})

/** A lung, flat towards the midline and hollow over the diaphragm. @param side 1 for the left one, −1 for the right */
const lung = (side: 1 | -1): OrganShape => ({
  shape: {
    axes: [0.55, 1.15, 0.75],
    bulges: [
      { towards: [-side, 0, 0], height: -0.42, sharpness: 3 },
      { towards: [0, -1, 0], height: -0.2, sharpness: 5 },
      { towards: [-side * 0.4, -0.6, 0.8], height: side > 0 ? -0.22 : 0, sharpness: 6 },
    ],
  },
  place: [side * 0.052, 0.745, -0.008],
  appearance: { colour: [0.85, 0.52, 0.5], opacity: 0.35 },
})

/** Proportions and places after anatomical custom; they are not measured and not the person's. */
export const ORGAN_SHAPES: Readonly<Record<DrawnOrgan, OrganShape>> = {
  brain: {
    shape: { axes: [0.8, 0.75, 1], bulges: [{ towards: [0, -1, 0.2], height: -0.25, sharpness: 3 }] },
    place: [0, 0.935, 0.005],
    appearance: { colour: [0.8, 0.6, 0.55], opacity: 1 },
  },
  'right lung': lung(-1),
  'left lung': lung(1),
  heart: {
    shape: { axes: [0.85, 1, 0.75], bulges: [{ towards: [0.6, -0.8, 0.4], height: 0.25, sharpness: 4 }] },
    place: [0.014, 0.722, 0.022],
    appearance: { colour: [0.62, 0.08, 0.08], opacity: 1 },
  },
  liver: {
    shape: {
      axes: [1.25, 0.75, 0.8],
      bulges: [
        { towards: [-1, 0, -0.2], height: 0.15, sharpness: 3 },
        { towards: [1, -0.7, 0], height: -0.4, sharpness: 3 },
        { towards: [0.2, -1, -0.4], height: -0.3, sharpness: 4 },
      ],
    },
    place: [-0.03, 0.645, 0.008],
    appearance: { colour: [0.4, 0.12, 0.07], opacity: 1 },
  },
  spleen: {
    shape: { axes: [0.5, 1, 0.7], bulges: [{ towards: [-1, 0, 0.2], height: -0.35, sharpness: 4 }] },
    place: [0.062, 0.645, -0.022],
    appearance: { colour: [0.35, 0.06, 0.14], opacity: 1 },
  },
  pancreas: {
    shape: {
      axes: [1.6, 0.42, 0.4],
      bulges: [
        { towards: [-1, 0, 0], height: 0.15, sharpness: 6 },
        { towards: [1, 0, 0], height: -0.1, sharpness: 6 },
      ],
    },
    place: [0.01, 0.615, 0],
    appearance: { colour: [0.78, 0.55, 0.25], opacity: 1 },
  },
  'right kidney': kidney(-1),
  'left kidney': kidney(1),
}
