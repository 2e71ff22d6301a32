import { assessRisk, type ModelCard } from '../../model-card.js'

/** Model card of the random number generators. */
export const card: ModelCard = {
  id: 'rng',
  version: '1.0.0',
  title: 'Random number generators: SplitMix64, xoshiro256** and PCG32',
  doi: ['10.1145/3460772', '10.1145/2660193.2660195'],
  questionOfInterest: 'Does this installation draw the same random numbers as every other?',
  contextOfUse: 'Sampling in simulations and seeded randomisation of virtual trials; not for cryptography.',
  risk: assessRisk('low', 'medium'),
  inputs: [
    { name: 'alg', codes: [], whenMissing: 'refuse' },
    { name: 'seed', codes: [], whenMissing: 'refuse, but for xoshiro256** with a state' },
    { name: 'stream', codes: [], whenMissing: 'refuse for PCG32' },
    { name: 'state', codes: [], whenMissing: 'from the seed' },
    { name: 'count', codes: [], whenMissing: '16' },
  ],
  outputs: ['first: the first words of the sequence, as decimal texts'],
  verification: [
    'Reference vectors, exact',
    'Property: the 32-bit implementation of xoshiro256** equals its definition in 64-bit arithmetic',
  ],
  validation: [
    {
      population: 'Statistical test batteries (BigCrush, PractRand)',
      n: null,
      metric: 'no systematic failure for xoshiro256**',
      citation: '10.1145/3460772',
      unverified: true,
    },
  ],
  uncertainty: {
    parameter: 'None.',
    measurement: 'None.',
    structural: 'Pseudo-random: equal seeds give equal numbers.',
  },
  limits: {
    refused: ['Numbers beyond 64 bits', 'The zero state of xoshiro256**'],
    stated: ['Predictable from a few outputs: never for keys or tokens'],
  },
  knownBias: [],
  conflictsResolved: [],
}
