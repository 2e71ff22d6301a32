import type { BreachRisk, Detection } from '../../../../src/breaches/codes.js'
import type { BreachLine } from '../../api/breaches.js'
import { Badge, type Tone } from '../../components/badge.js'

export const DETECTION_WORDS: Record<Detection, string> = {
  monitoring: 'by monitoring',
  staff: 'by staff',
  processor: 'by a processor',
  'data-subject': 'by a person concerned',
  'audit-review': 'in a review of the audit trail',
  'third-party': 'by somebody else',
}

export const RISK_WORDS: Record<BreachRisk, string> = {
  unlikely: 'a risk is unlikely',
  likely: 'a risk is likely',
  high: 'a high risk',
}

/** What Art 33(3) asks for, by the service's name of it. */
export const FACT_WORDS: Readonly<Record<string, string>> = {
  natures: 'the nature of the breach',
  subjectCategories: 'categories of persons',
  recordCategories: 'categories of records',
  subjects: 'how many persons, approximately',
  records: 'how many records, approximately',
  risk: 'the risk for persons',
  description: 'a description',
  contact: 'a contact point (Art 33(3)(b))',
  consequences: 'likely consequences (Art 33(3)(c))',
  measures: 'measures taken (Art 33(3)(d))',
  reasonsForDelay: 'the reasons for the delay',
}

export const STEP_WORDS: Readonly<Record<string, string>> = {
  assessment: 'state all facts of Art 33(3)',
  'authority-notification': 'notify the authority (Art 33), or find that a risk is unlikely',
  'later-facts': 'notify the authority of what was missing (Art 33(4))',
  communication: 'inform the persons concerned (Art 34), or say why not',
  'public-communication': 'make the public communication',
}

/** A day before the 72 hours end is the time to hurry. */
const SOON_HOURS = 24

/** The clock of Art 33(1). */
export function BreachClock({ overdue, hoursLeft }: Pick<BreachLine, 'overdue' | 'hoursLeft'>) {
  if (hoursLeft === null) return <Badge tone="good">settled</Badge>
  if (overdue) return <Badge tone="bad">overdue by {Math.abs(Math.floor(hoursLeft))} h</Badge>
  const tone: Tone = hoursLeft <= SOON_HOURS ? 'caution' : 'neutral'
  return <Badge tone={tone}>{Math.floor(hoursLeft)} h of 72 left</Badge>
}
