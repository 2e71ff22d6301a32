import type { HoldGround, HoldRefusal, HoldRequester } from '../../../../src/privacy/codes.js'
import type { PeriodReason } from '../../../../src/retention/record-classes.js'
import type { Hold, RetentionCase } from '../../api/retention.js'
import { Badge, type Tone } from '../../components/badge.js'
import { words } from '../../components/values.js'

export const PERIOD_REASON_WORDS: Record<PeriodReason, string> = {
  'national-law': 'national law',
  'marketing-application': 'a marketing application',
  'sponsor-agreement': 'agreed with the sponsor',
  'controller-policy': 'our own policy',
}

export const GROUND_WORDS: Record<HoldGround, string> = {
  litigation: 'litigation',
  inspection: 'an inspection',
  investigation: 'an investigation',
  'retention-duty': 'a duty to retain',
}

export const REQUESTER_WORDS: Record<HoldRequester, string> = {
  controller: 'the controller',
  sponsor: 'the sponsor',
  regulator: 'the regulator',
  court: 'a court',
}

export const REFUSAL_WORDS: Record<HoldRefusal, string> = {
  'no-legal-basis': 'there is no legal basis',
  'person-not-concerned': 'the person is not concerned',
  disproportionate: 'it is disproportionate',
  'withdrawn-by-requester': 'it was withdrawn',
}

const HOLD_TONES: Record<Hold['status'], Tone> = {
  requested: 'caution',
  refused: 'neutral',
  placed: 'caution',
  approved: 'good',
  rejected: 'neutral',
  lifted: 'neutral',
}
const HOLD_STATES: Partial<Record<Hold['status'], string>> = {
  requested: 'asked for; no erasure meanwhile',
  placed: 'keeps the data; waits for a second person',
  approved: 'keeps the data',
  rejected: 'ended by the second person',
}

export function HoldState({ status }: { status: Hold['status'] }) {
  return <Badge tone={HOLD_TONES[status]}>{HOLD_STATES[status] ?? words(status)}</Badge>
}

const CASE_TONES: Record<RetentionCase['status'], Tone> = { held: 'neutral', open: 'caution', decided: 'good' }
const CASE_STATES: Record<RetentionCase['status'], string> = {
  held: 'due, and kept by a legal hold',
  open: 'due; waits for a decision',
  decided: 'decided',
}

export function CaseState({ status }: { status: RetentionCase['status'] }) {
  return <Badge tone={CASE_TONES[status]}>{CASE_STATES[status]}</Badge>
}
