import type { ConsultationPosition } from '../../../src/privacy/consultations/events.js'
import { change, readPage } from './http.js'

/** What a sponsor is asked before the erasure of a participant: by the code of the trial, and a day. */
export interface AskedConsultation {
  consultation: string
  trial: string
  code: string
  status: 'waiting' | 'answered' | 'over'
  /** The last day to answer, in UTC. */
  dueOn: string
  position: ConsultationPosition | null
}

const ROOT = '/api/v1/privacy/consultations'

export const listConsultations = (cursor: string | undefined, signal?: AbortSignal) =>
  readPage<AskedConsultation>(ROOT, 'consultations', { cursor }, signal)

export const answerConsultation = (
  consultation: string,
  answer: { position: ConsultationPosition; statement?: string },
) => change(`${ROOT}/${consultation}/answer`, answer)
