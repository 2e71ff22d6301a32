import { assessRisk, type ModelCard } from '../../model-card.js'

/** Model card of body size and organ masses. */
export const card: ModelCard = {
  id: 'body.anthropometry',
  version: '1.0.0',
  title: 'Body size and organ masses of an adult',
  doi: [
    '10.1016/S0146-6453(03)00002-2',
    '10.1038/psp.2012.3',
    '10.2165/00003088-200544100-00004',
    '10.1056/NEJM198710223171717',
    '10.1053/jlts.2002.31654',
  ],
  questionOfInterest: 'How large are the body, its blood volume and its organs?',
  contextOfUse: 'Scaling of body models and pharmacokinetics for adults; not for transplant volumetry.',
  risk: assessRisk('low', 'low'),
  inputs: [
    { name: 'sex', codes: [], whenMissing: 'refuse' },
    { name: 'height_cm', codes: ['loinc|8302-2'], whenMissing: 'refuse' },
    { name: 'weight_kg', codes: ['loinc|29463-7'], maximumAge: 'P1Y', whenMissing: 'refuse' },
  ],
  outputs: ['BMI, fat-free mass, body surface, blood volume, liver volume and organ masses'],
  verification: [
    'Reference vectors, relative error below 1e-9',
    'Properties: every measure but BMI rises with height at equal BMI; the brain does not change',
  ],
  validation: [
    {
      population: 'Adults with dual-energy X-ray absorptiometry (fat-free mass)',
      n: 373,
      metric: 'bias below 1 kg in the index population',
      citation: '10.2165/00003088-200544100-00004',
      unverified: true,
    },
    {
      population: 'Western adults with CT volumetry (liver)',
      n: 292,
      metric: 'R² 0.46',
      citation: '10.1053/jlts.2002.31654',
      unverified: true,
    },
  ],
  uncertainty: {
    parameter: 'Organ masses vary by 10 to 20 % between people of equal size.',
    measurement: 'Height and weight are close to exact.',
    structural: 'Two surface formulas are given; scaling with lean mass is one of several.',
  },
  limits: {
    refused: ['Height outside 120-230 cm, weight outside 25-300 kg'],
    stated: ['Adults only', 'Oedema, amputation and pregnancy are not seen'],
  },
  knownBias: ['Reference adults are of Western European and North American origin'],
  conflictsResolved: [
    { conflict: 'Fat-free mass of James against Janmahasatian', resolution: 'Janmahasatian, which holds at high BMI' },
  ],
}
