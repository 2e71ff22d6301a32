import type { CheckOutcome, LegalConfidence, RetirementReason } from '../../../../src/frameworks/register/vocabulary.js'
import type { DueReason, LegalText, RegisterEntry, Standing } from '../../api/legal-register.js'
import { Badge, type Tone } from '../../components/badge.js'

const STANDINGS: Record<Standing, { tone: Tone; text: string }> = {
  proposed: { tone: 'caution', text: 'proposed' },
  rejected: { tone: 'bad', text: 'rejected' },
  baseline: { tone: 'neutral', text: 'as it came with the software' },
  approved: { tone: 'good', text: 'approved here' },
  retired: { tone: 'neutral', text: 'retired' },
}

export function EntryState({ of: { standing, proposal } }: { of: RegisterEntry }) {
  const { tone, text } = STANDINGS[standing]
  return (
    <>
      <Badge tone={tone}>{text}</Badge>{' '}
      {proposal && standing !== 'proposed' && (
        <Badge tone="caution">{proposal.change === 'entry' ? 'a change' : 'its retirement'} waits for approval</Badge>
      )}
    </>
  )
}

export const DUE_WORDS: Record<DueReason, string> = {
  'never-checked': 'never held against its source',
  'check-overdue': 'not held against its source for a year',
  'found-changed': 'found changed at its source',
  'source-unreachable': 'its source could not be reached',
  'applies-soon': 'comes to apply soon',
  'came-to-apply': 'came to apply since it was checked',
}

export const OUTCOME_WORDS: Record<CheckOutcome, string> = {
  unchanged: 'as it is on record',
  changed: 'changed',
  'source-unreachable': 'the source could not be reached',
}

export const RETIREMENT_WORDS: Record<RetirementReason, string> = {
  repealed: 'repealed',
  withdrawn: 'withdrawn by its publisher',
  superseded: 'superseded by another',
  'not-applicable': 'does not apply to us',
}

export const CONFIDENCE_WORDS: Record<LegalConfidence, string> = {
  H: 'high',
  M: 'medium',
  L: 'not verified',
}

/** What the entry says, or what it was proposed to say where it never was in force. */
export const shownText = ({ entry, draft }: RegisterEntry): LegalText => (entry ?? draft)!

/** The fields of an entry in print, in the order they are read; empty ones say so by being empty. */
export function linesOf(text: LegalText): [name: string, value: string][] {
  return [
    ['Jurisdiction', text.jurisdiction],
    ['Instrument', text.instrument],
    ['Citation', text.citation ?? ''],
    ['Kind', text.kind],
    ['Status', text.status],
    ['Published', text.published ?? ''],
    ['In force', text.inForce ?? ''],
    ['Applies from', text.appliesFrom.join(', ')],
    ['Applies until', text.appliesUntil ?? ''],
    ['Takes the place of', text.supersedes ?? ''],
    ['Clauses', text.clauses.join(', ')],
    ['Touches', text.touches.join(', ')],
    ['Requirements named', text.controls.join(', ')],
    ['Office', text.owner ?? ''],
    ['Source', text.sourceUrl ?? ''],
    ['Confidence', CONFIDENCE_WORDS[text.confidence]],
    ['Note', text.note ?? ''],
  ]
}
