import { assessRisk, type ModelCard } from '../../model-card.js'

export const card: ModelCard = {
  id: 'anaes.eleveld-propofol-2018',
  version: '1.0.0',
  title: 'Propofol pharmacokinetics and bispectral index from neonates to the elderly (Eleveld 2018)',
  doi: ['10.1016/j.bja.2018.01.018', '10.1007/s40262-015-0277-z'],
  questionOfInterest: 'How deep will this person be under this propofol infusion, and when will they emerge?',
  contextOfUse:
    'Planning and teaching before anaesthesia and review after it; never closed-loop control or bedside titration.',
  risk: assessRisk('low', 'high'),
  inputs: [
    { name: 'age', codes: [], whenMissing: 'derived from the date of birth; else refused' },
    { name: 'weight_kg', codes: ['loinc|29463-7'], maximumAge: 'P90D', whenMissing: 'refused' },
    { name: 'height_cm', codes: ['loinc|8302-2'], maximumAge: 'P5Y', whenMissing: 'refused' },
    { name: 'sex', codes: [], whenMissing: 'refused' },
    { name: 'opioids', codes: [], whenMissing: 'refused' },
    { name: 'regimen', codes: ['rxnorm|8782'], whenMissing: 'refused' },
  ],
  outputs: ['parameters', 'plasma and effect-site concentration and bispectral index by time', 'time to emergence'],
  verification: [
    'exact by matrix exponential; parameters and course within 1e-6 of independently computed vectors',
    'superposition of infusions by property tests',
  ],
  validation: [
    {
      population: 'volunteers and patients from 27 weeks postmenstrual age to 88 years, model development (30 studies)',
      n: 1033,
      metric:
        'predictive performance by group: young children, children, adults, elderly and high BMI; no external sample',
      citation: '10.1016/j.bja.2018.01.018',
    },
  ],
  uncertainty: {
    parameter:
      'between-patient log variances: V1 .61, V2 .565, V3 .597, CL .265, Q2 .346, Q3 .209, ke0 .702, Ce50 .242',
    measurement: 'bispectral index residual SD 8.03 points',
    structural: 'one of several propofol models (Schnider, Marsh, Paedfusor differ)',
  },
  limits: {
    refused: ['age over 88 years', 'weight outside 0.68–160 kg', 'a regimen that cannot be read or lasts over 48 h'],
    stated: [
      'arterial concentrations; gestational age at birth is taken as 40 weeks',
      'the delay of the monitor is not added',
      'emergence is a bispectral index, not the opening of eyes',
    ],
  },
  knownBias: ['effect of opioids on the bispectral index itself is not modelled'],
  conflictsResolved: [
    { conflict: 'fat-free mass of James or Al-Sallami', resolution: 'Al-Sallami' },
    { conflict: 'bispectral index slopes swapped in one open port', resolution: '1.89 at or below Ce50, 1.47 above' },
  ],
}
