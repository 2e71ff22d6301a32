import type { LegalText } from './events.js'
import type { LegalEntryState } from './legal-entry.js'
import type { Standing } from './vocabulary.js'
import { requirementsOf, type Requirement } from './requirements.js'

export interface LegalEntryView extends LegalEntryState {
  id: string
  standing: Standing
  /** What this version was built to do about it. */
  requirements: Requirement[]
  /** For `If-Match`. */
  revision: number
}

/** For a state that is on record. */
export function legalEntryView(state: LegalEntryState, revision: number): LegalEntryView {
  const text = shownText(state)
  return { ...state, id: text.id, standing: state.standing!, requirements: requirementsOf(text), revision }
}

/** What the entry says, or what it was proposed to say where it never was in force. */
export function shownText({ entry, draft }: LegalEntryState): LegalText {
  return (entry ?? draft)!
}
