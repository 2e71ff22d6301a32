import { type InputSpecification } from '../../input-specification.js'

const open = { min: 0, max: 1, exclusiveMin: true, exclusiveMax: true }

/** What a group-sequential design is made of. */
export const inputs: readonly InputSpecification[] = [
  { name: 'design', kind: 'text', quantity: 'design', pattern: '(?:as)?[A-Z][A-Za-z]*\\d{0,2}' },
  {
    name: 'alpha_one_sided',
    kind: 'number',
    quantity: 'error of one side',
    unit: '1',
    range: { min: 1e-6, max: 0.5, exclusiveMax: true },
  },
  {
    name: 'informationRates',
    kind: 'list',
    quantity: 'shares of the final information',
    minItems: 1,
    maxItems: 20,
    optional: true,
    items: {
      name: 'rate',
      kind: 'number',
      quantity: 'share',
      unit: '1',
      range: { min: 0, max: 1, exclusiveMin: true },
    },
  },
  {
    name: 'kMax',
    kind: 'number',
    quantity: 'number of looks',
    unit: '1',
    range: { min: 1, max: 20 },
    integer: true,
    optional: true,
  },
  { name: 'sided', kind: 'code', quantity: 'sides of the test', values: [1, 2], optional: true },
  {
    name: 'deltaWT',
    kind: 'number',
    quantity: "Wang and Tsiatis' shape",
    unit: '1',
    range: { min: -0.5, max: 1 },
    optional: true,
  },
  {
    name: 'gammaA',
    kind: 'number',
    quantity: 'shape of the spending function',
    unit: '1',
    range: { min: -40, max: 40 },
    optional: true,
  },
  {
    name: 'constantBoundsHP',
    kind: 'number',
    quantity: "Haybittle and Peto's early critical value",
    unit: '1',
    range: { min: 2, max: 10 },
    optional: true,
  },
  {
    name: 'userAlphaSpending',
    kind: 'list',
    quantity: 'cumulative error by look',
    minItems: 1,
    maxItems: 20,
    optional: true,
    items: { name: 'spent', kind: 'number', quantity: 'error', unit: '1', range: open },
  },
  {
    name: 'futilityBounds',
    kind: 'list',
    quantity: 'lower bounds of z before the last look',
    maxItems: 19,
    optional: true,
    items: { name: 'bound', kind: 'number', quantity: 'z', unit: '1', range: { min: -6, max: 6 } },
  },
  { name: 'bindingFutility', kind: 'boolean', quantity: 'futility bounds are binding', optional: true },
  { name: 'power', kind: 'number', quantity: 'power', unit: '1', range: open, optional: true },
]
