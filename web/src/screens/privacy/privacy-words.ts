import type { Tone } from '../../components/badge.js'
import type { PrivacyRequest } from '../../api/privacy.js'

/** GDPR articles by kind of request. */
export const KINDS: Readonly<Record<string, string>> = {
  access: 'Access (Art 15)',
  rectification: 'Rectification (Art 16)',
  erasure: 'Erasure (Art 17)',
  restriction: 'Restriction (Art 18)',
  portability: 'Portability (Art 20)',
  objection: 'Objection (Art 21)',
  'human-review': 'Review by a person (Art 22)',
}

export const CLASSES = [
  ['identity', 'Identity'],
  ['trial-record', 'Clinical and trial record'],
  ['optional-research', 'Optional research'],
  ['contact', 'Contact details'],
] as const

export const RETENTION = [
  ['17-3-b', 'legal obligation (17(3)(b))'],
  ['17-3-c', 'public health (17(3)(c))'],
  ['17-3-d', 'research (17(3)(d))'],
  ['17-3-e', 'legal claims (17(3)(e))'],
] as const

export const ERASURE_GROUNDS = [
  ['17-1-b', 'consent withdrawn'],
  ['17-1-a', 'no longer necessary'],
  ['17-1-c', 'objected to'],
  ['17-1-d', 'processed unlawfully'],
  ['17-1-e', 'legal obligation to erase'],
] as const

/** Nearly due is worth a look; overdue is an alarm. */
const SOON_DAYS = 7

export function clockOf({ overdue, daysLeft }: PrivacyRequest): { tone: Tone; text: string } {
  if (daysLeft === null) return { tone: 'good', text: 'answered' }
  if (overdue) return { tone: 'bad', text: `overdue by ${-daysLeft} day(s)` }
  return { tone: daysLeft <= SOON_DAYS ? 'caution' : 'neutral', text: `${daysLeft} day(s) left` }
}
