import type { ContestVerdict, DecisionMatter } from '../../../../src/privacy/decisions/events.js'
import type { DecisionStatus } from '../../api/decisions.js'
import { Badge, type Tone } from '../../components/badge.js'

export const MATTER_WORDS: Record<DecisionMatter, string> = {
  eligibility: 'whether the person is eligible',
  treatment: 'a treatment',
  dosing: 'a dose',
  monitoring: 'how the person is monitored',
  information: 'what the person is told',
}

export const VERDICT_WORDS: Record<ContestVerdict, string> = {
  upheld: 'it is upheld',
  changed: 'it is changed',
  overturned: 'it is overturned',
}

export const STATUS_WORDS: Record<DecisionStatus, { tone: Tone; text: string }> = {
  proposed: { tone: 'caution', text: 'waits for a person' },
  agreed: { tone: 'caution', text: 'agreed to, not adopted' },
  rejected: { tone: 'neutral', text: 'not agreed to' },
  adopted: { tone: 'good', text: 'holds' },
  contested: { tone: 'caution', text: 'contested' },
  upheld: { tone: 'good', text: 'upheld' },
  changed: { tone: 'good', text: 'changed on review' },
  overturned: { tone: 'bad', text: 'overturned' },
}

export function DecisionBadge({ status }: { status: DecisionStatus }) {
  const { tone, text } = STATUS_WORDS[status]
  return <Badge tone={tone}>{text}</Badge>
}
