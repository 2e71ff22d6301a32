/**
 * The layering rule of the house. A room may import from the rooms before it in this list, never from those after it;
 * domain rooms share one floor and reach each other only through what they publish.
 */
const floors = [
  ['platform'],
  ['ledger'],
  ['vault'],
  ['projections'],
  ['identity'],
  ['journal'],
  ['pseudonyms'],
  ['models'],
  [
    'roster',
    'sources',
    'twins',
    'notices',
    'consents',
    'permits',
    'assessments',
    'simulations',
    'trials',
    'randomisation',
    'data-queries',
    'signatures',
    'body',
    'custody',
  ],
  ['audit', 'provenance', 'inspection', 'witnesses', 'frameworks', 'operations'],
  // Answering for a person's data takes all that others hold of them, certified copies included.
  ['privacy', 'retention', 'breaches', 'disclosures', 'processing'],
  ['interop'],
  ['evaluation'],
]
const domain = floors[8]

const upward = floors.slice(0, -1).map((rooms, floor) => ({
  name: `no-import-up-from-${rooms[0]}`,
  severity: 'error',
  comment: 'Imports point to the floors below and never back.',
  from: { path: `^src/(${rooms.join('|')})/` },
  to: {
    path: `^src/(${floors
      .slice(floor + 1)
      .flat()
      .join('|')})/`,
  },
}))

const neighbours = domain.map((room) => ({
  name: `${room}-reaches-neighbours-through-their-door`,
  severity: 'error',
  comment: 'A domain room uses only the public commands, queries and event types of another.',
  from: { path: `^src/${room}/` },
  to: {
    path: `^src/(${domain.filter((other) => other !== room).join('|')})/`,
    pathNot: '/(events|[a-z-]+\\.module)\\.ts$|/(commands|queries)/',
  },
}))

module.exports = {
  forbidden: [
    ...upward,
    ...neighbours,
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'not-to-dev-dependency',
      severity: 'error',
      from: { path: '^src' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '@types/' },
    },
    {
      name: 'models-are-pure',
      severity: 'error',
      comment: 'Model code depends on numbers alone: no framework, no clock, no input or output.',
      from: { path: '^src/models/(numerics|library)/' },
      to: { pathNot: '^src/models/|node_modules/(@stdlib|pure-rand)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
