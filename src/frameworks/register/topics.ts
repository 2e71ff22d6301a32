/**
 * What an instrument can touch, and the areas of requirements that answer it: the second part of their ids, `AUD` of
 * `TL-AUD-001`. A topic without an area is one that no requirement of this version answers.
 */
export const TOPICS = {
  AI: ['MOD'],
  'all personal data': ['PRV', 'VLT'],
  analysis: ['MOD', 'TRL'],
  audit: ['AUD', 'LOG'],
  'automated decisions': ['SIM'],
  'breach within 96 hours': ['PRV'],
  consent: ['CON'],
  credibility: ['MOD'],
  'data governance': ['TWN', 'FHR'],
  'dates for high-risk systems': ['MOD'],
  'decentralised trials': ['TRL'],
  'definition of personal data': ['VLT'],
  'device class': [],
  disclosures: ['PRV'],
  encryption: ['VLT'],
  export: ['AUD'],
  identifiability: ['IDN', 'VLT'],
  inspection: ['AUD'],
  ledger: ['LED', 'VLT'],
  'legal basis': ['PRV'],
  liability: ['LOG'],
  logs: ['AUD', 'LOG'],
  model: ['MOD', 'SIM'],
  'multi-factor authentication': ['SIG'],
  'opt-out': ['EHD'],
  oversight: ['MOD', 'SIM'],
  permits: [],
  protocol: ['TRL'],
  pseudonyms: ['IDN'],
  'real-world data': ['FHR', 'TWN'],
  'research consent': ['CON'],
  retention: ['RET'],
  scope: [],
  security: ['IDN', 'VLT', 'OPS'],
  sign: ['SIG'],
  time: ['LED'],
  'trial systems': ['TRL', 'OPS'],
  trials: ['TRL'],
  users: ['IDN'],
  validation: ['OPS'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type Topic = keyof typeof TOPICS
export const TOPIC_NAMES = Object.keys(TOPICS) as readonly Topic[]
