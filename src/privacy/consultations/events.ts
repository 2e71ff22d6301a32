/**
 * What can have happened when a sponsor is asked before an erasure is decided. Stream: `erasure-consultation-<uuid>`. No header names the
 * trial: of a person in two trials of one sponsor, both questions stand side by side in the log, and the sponsor reads the trail by trial.
 */
import { eventTypes, type DomainEvent } from '../../journal/event-type.js'

/** What a sponsor can say to an erasure. It binds nobody: the controller decides. */
export const CONSULTATION_POSITIONS = [
  'no-objection',
  'needed-for-safety',
  'needed-for-analysis',
  'retention-duty',
  'legal-claims',
] as const
export type ConsultationPosition = (typeof CONSULTATION_POSITIONS)[number]

/** `code`: the person's in the trial, all that the sponsor is told of them. `dueAt`: RFC 3339, the end of a day. */
export type SponsorConsulted = DomainEvent<
  'privacy.sponsor-consulted',
  { request: string; trial: string; code: string; dueAt: string }
>
export type SponsorAnswered = DomainEvent<'privacy.sponsor-answered', { position: ConsultationPosition }>
/** The sponsor's reasons, in words. */
export type SponsorStatementRecorded = DomainEvent<'privacy.sponsor-statement-recorded', { text: string }>

export type ConsultationEvent = SponsorConsulted | SponsorAnswered | SponsorStatementRecorded

/** How each is sealed and read aloud. */
export const CONSULTATION_EVENT_TYPES = eventTypes<ConsultationEvent>({
  'privacy.sponsor-consulted': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The sponsor was asked about the erasure of ${data.code}, to answer by ${data.dueAt.slice(0, 10)}.`
        : 'A sponsor was asked about an erasure.',
  },
  'privacy.sponsor-answered': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data ? `The sponsor answered about the erasure: ${data.position}.` : 'The sponsor answered about the erasure.',
  },
  'privacy.sponsor-statement-recorded': {
    schema: 1,
    sealedUnder: 'trial-record',
    describe: () => 'The reasons of the sponsor were recorded.',
  },
})
