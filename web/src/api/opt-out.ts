import type { Expression } from './consents.js'
import { change, read } from './http.js'

export interface OptOut {
  subject: string
  optedOut: boolean
  /** When it was recorded. */
  since?: string
  position?: number
}

const at = (subject: string) => `/api/v1/subjects/${subject}/opt-out`

export const readOptOut = (subject: string, signal?: AbortSignal) => read<OptOut>(at(subject), {}, signal)

export const optOut = (subject: string, body: Expression) => change(at(subject), body)

export const reverseOptOut = (subject: string, body: Expression) => change(`${at(subject)}/reversal`, body)
