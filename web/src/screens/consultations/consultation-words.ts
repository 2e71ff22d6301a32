import type { ConsultationPosition } from '../../../../src/privacy/consultations/events.js'
import type { AskedConsultation } from '../../api/consultations.js'
import type { Tone } from '../../components/badge.js'

export const POSITION_WORDS: Record<ConsultationPosition, string> = {
  'no-objection': 'no objection',
  'needed-for-safety': 'needed for the safety of participants',
  'needed-for-analysis': 'needed for the analysis',
  'retention-duty': 'to be kept by law',
  'legal-claims': 'needed for legal claims',
}

export const STATUS_WORDS: Record<AskedConsultation['status'], { tone: Tone; text: string }> = {
  waiting: { tone: 'caution', text: 'waits for your answer' },
  answered: { tone: 'good', text: 'answered' },
  over: { tone: 'neutral', text: 'over without an answer' },
}
