/** What can have happened to a decision about a person that rests on a run (GDPR Art 22). Stream: `decision-<uuid>`. */
import { eventTypes, type DomainEvent } from '../../journal/event-type.js'

/** What is decided, as a code: what it means for the person is told in words, sealed. */
export const DECISION_MATTERS = ['eligibility', 'treatment', 'dosing', 'monitoring', 'information'] as const
export type DecisionMatter = (typeof DECISION_MATTERS)[number]

/** What a review that the person asked for came to. */
export const CONTEST_VERDICTS = ['upheld', 'changed', 'overturned'] as const
export type ContestVerdict = (typeof CONTEST_VERDICTS)[number]

/** `significant`: it has legal or similarly significant effects on the person (Art 22(1)). */
export type DecisionProposed = DomainEvent<
  'decision.proposed',
  { run: string; matter: DecisionMatter; significant: boolean }
>
/** What the decision means for the person, in words for them. Said again when a review changes it. */
export type DecisionMeaningRecorded = DomainEvent<'decision.meaning-recorded', { text: string }>
/** Somebody other than who proposed it looked at it, and agrees or does not. */
export type DecisionReviewed = DomainEvent<'decision.reviewed', { agrees: boolean }>
/** From here on the decision holds. `reviewed`: a person agreed before. */
export type DecisionAdopted = DomainEvent<'decision.adopted', { reviewed: boolean }>
/** The person contests it. `request`: theirs, for a review by a person. */
export type DecisionContested = DomainEvent<'decision.contested', { request: string }>
export type DecisionContestJudged = DomainEvent<'decision.contest-judged', { request: string; verdict: ContestVerdict }>
/** Why a reviewer agreed, did not, or came to a verdict. */
export type DecisionReasonsRecorded = DomainEvent<'decision.reasons-recorded', { text: string }>

export type DecisionEvent =
  | DecisionProposed
  | DecisionMeaningRecorded
  | DecisionReviewed
  | DecisionAdopted
  | DecisionContested
  | DecisionContestJudged
  | DecisionReasonsRecorded

/** How each is sealed and read aloud. */
export const DECISION_EVENT_TYPES = eventTypes<DecisionEvent>({
  'decision.proposed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `A ${data.significant ? 'significant ' : ''}decision about ${data.matter} that rests on a run was proposed.`
        : 'A decision that rests on a run was proposed.',
  },
  'decision.meaning-recorded': {
    schema: 1,
    sealedUnder: 'trial-record',
    describe: () => 'What the decision means for the person was recorded.',
  },
  'decision.reviewed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `A person reviewed the proposed decision and ${data.agrees ? 'agrees' : 'does not agree'}.`
        : 'A person reviewed the proposed decision.',
  },
  'decision.adopted': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The decision was adopted ${data.reviewed ? 'after its review by a person' : 'without a review, as it is not significant'}.`
        : 'The decision was adopted.',
  },
  'decision.contested': {
    schema: 1,
    sealedUnder: null,
    describe: () => 'The person contested the decision (GDPR Art 22(3)).',
  },
  'decision.contest-judged': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `A person reviewed the contested decision: it is ${data.verdict}.`
        : 'A person reviewed the contested decision.',
  },
  'decision.reasons-recorded': {
    schema: 1,
    sealedUnder: 'trial-record',
    describe: () => 'The reasons of the review were recorded.',
  },
})
