/** Which decision model folds which events, and how far a state can be told from another. */
import { createHash } from 'node:crypto'
import { assessmentDecider } from '../../../src/assessments/assessment.js'
import { ASSESSMENT_EVENT_TYPES } from '../../../src/assessments/events.js'
import { REVIEW_EVENT_TYPES } from '../../../src/audit/review/events.js'
import { reviewDecider } from '../../../src/audit/review/review.js'
import { BODY_EVENT_TYPES } from '../../../src/body/events.js'
import { meshDecider } from '../../../src/body/mesh/meshes.js'
import { breachDecider } from '../../../src/breaches/breach.js'
import { BREACH_EVENT_TYPES } from '../../../src/breaches/events.js'
import { consentDecider } from '../../../src/consents/consent.js'
import { CONSENT_EVENT_TYPES } from '../../../src/consents/events.js'
import { dataQueryDecider } from '../../../src/data-queries/data-query.js'
import { DATA_QUERY_EVENT_TYPES } from '../../../src/data-queries/events.js'
import { DISCLOSURE_EVENT_TYPES } from '../../../src/disclosures/events.js'
import { suspensionDecider } from '../../../src/disclosures/suspension.js'
import { advanceDecider } from '../../../src/frameworks/advances/advance.js'
import { ADVANCE_EVENT_TYPES } from '../../../src/frameworks/advances/events.js'
import { LEGAL_ENTRY_EVENT_TYPES } from '../../../src/frameworks/register/events.js'
import { legalEntryDecider } from '../../../src/frameworks/register/legal-entry.js'
import type { EventMetadata } from '../../../src/journal/decider.js'
import type { EventCatalogue } from '../../../src/journal/event-catalogue.js'
import type { DomainEvent, EventType } from '../../../src/journal/event-type.js'
import { canonicalJson } from '../../../src/ledger/canonical-json.js'
import { MODEL_VERSION_EVENT_TYPES } from '../../../src/models/registry/events.js'
import { modelVersionDecider } from '../../../src/models/registry/model-version.js'
import { consentNoticeDecider } from '../../../src/notices/consent-notice.js'
import { CONSENT_NOTICE_EVENT_TYPES } from '../../../src/notices/events.js'
import { driftDecider } from '../../../src/operations/clock/drift.js'
import { CLOCK_EVENT_TYPES } from '../../../src/operations/clock/events.js'
import { CONFIGURATION_EVENT_TYPES } from '../../../src/operations/configuration/events.js'
import { configurationDecider } from '../../../src/operations/configuration/recorded-configuration.js'
import { decisionDecider } from '../../../src/privacy/decisions/decision.js'
import { DECISION_EVENT_TYPES } from '../../../src/privacy/decisions/events.js'
import { FORGETTING_EVENT_TYPES } from '../../../src/privacy/forgetting/events.js'
import { forgettingDecider } from '../../../src/privacy/forgetting/forgetting.js'
import { REQUEST_EVENT_TYPES } from '../../../src/privacy/requests/events.js'
import { requestDecider } from '../../../src/privacy/requests/request.js'
import { PERMIT_EVENT_TYPES } from '../../../src/permits/events.js'
import { permitDecider } from '../../../src/permits/permit.js'
import { RANDOMISATION_EVENT_TYPES } from '../../../src/randomisation/events.js'
import { randomisationDecider } from '../../../src/randomisation/randomisation.js'
import { RETENTION_EVENT_TYPES } from '../../../src/retention/events.js'
import { retentionCaseDecider } from '../../../src/retention/retention-case.js'
import { scheduleDecider } from '../../../src/retention/schedule.js'
import { ROSTER_EVENT_TYPES } from '../../../src/roster/event-types.js'
import { rosterAt } from '../../../src/roster/roster.js'
import { SIGNATURE_EVENT_TYPES } from '../../../src/signatures/events.js'
import { signatureKeysDecider } from '../../../src/signatures/keys/signature-keys.js'
import { signerDecider } from '../../../src/signatures/signer.js'
import { cohortDecider } from '../../../src/simulations/cohorts/cohort.js'
import { COHORT_EVENT_TYPES } from '../../../src/simulations/cohorts/events.js'
import { designDecider } from '../../../src/simulations/designs/design.js'
import { DESIGN_EVENT_TYPES } from '../../../src/simulations/designs/events.js'
import { SIMULATION_EVENT_TYPES } from '../../../src/simulations/events.js'
import { simulationDecider } from '../../../src/simulations/simulation.js'
import { SOURCE_EVENT_TYPES } from '../../../src/sources/events.js'
import { sources } from '../../../src/sources/sources.js'
import { TRIAL_EVENT_TYPES } from '../../../src/trials/events.js'
import { trialDecider } from '../../../src/trials/trial.js'
import { TWIN_EVENT_TYPES } from '../../../src/twins/events.js'
import { twinDecider } from '../../../src/twins/twin.js'
import { goldenName, type GoldenEvent } from './golden-event.js'

/** A decision model without its types: the golden events are held against those elsewhere. */
interface Fold {
  initial: unknown
  evolve(state: unknown, event: DomainEvent, metadata: EventMetadata): unknown
}

const NOW = '2026-01-15T10:00:00.000Z'
const SUSPENSIONS = suspensionDecider(NOW)
const SIGNING = { allComponents: [], oneComponent: [], maxAgeSeconds: 120, idleSeconds: 900 }

/** The events of a room, or those of them whose types begin so, and the decision model that folds them. */
const FOLDS: readonly (readonly [room: readonly EventType[], decider: object, prefix?: string])[] = [
  [ADVANCE_EVENT_TYPES, advanceDecider],
  [ASSESSMENT_EVENT_TYPES, assessmentDecider(NOW)],
  [BODY_EVENT_TYPES, meshDecider, 'mesh.'],
  [BREACH_EVENT_TYPES, breachDecider(NOW)],
  [CLOCK_EVENT_TYPES, driftDecider],
  [COHORT_EVENT_TYPES, cohortDecider],
  [CONFIGURATION_EVENT_TYPES, configurationDecider],
  [CONSENT_EVENT_TYPES, consentDecider(NOW)],
  [CONSENT_NOTICE_EVENT_TYPES, consentNoticeDecider(NOW)],
  [DATA_QUERY_EVENT_TYPES, dataQueryDecider],
  [DECISION_EVENT_TYPES, decisionDecider],
  [DESIGN_EVENT_TYPES, designDecider],
  [DISCLOSURE_EVENT_TYPES, SUSPENSIONS, 'disclosure.accounting-suspended'],
  [DISCLOSURE_EVENT_TYPES, SUSPENSIONS, 'disclosure.suspension-ended'],
  [FORGETTING_EVENT_TYPES, forgettingDecider],
  [LEGAL_ENTRY_EVENT_TYPES, legalEntryDecider],
  [MODEL_VERSION_EVENT_TYPES, modelVersionDecider],
  [PERMIT_EVENT_TYPES, permitDecider(NOW)],
  [RANDOMISATION_EVENT_TYPES, randomisationDecider],
  [REQUEST_EVENT_TYPES, requestDecider(NOW)],
  [RETENTION_EVENT_TYPES, scheduleDecider, 'retention.period-set'],
  [RETENTION_EVENT_TYPES, retentionCaseDecider, 'retention.'],
  [REVIEW_EVENT_TYPES, reviewDecider],
  [ROSTER_EVENT_TYPES, rosterAt(NOW)],
  [SIGNATURE_EVENT_TYPES, signatureKeysDecider, 'signature-key.'],
  [SIGNATURE_EVENT_TYPES, signerDecider(SIGNING), 'signer.'],
  [SIMULATION_EVENT_TYPES, simulationDecider],
  [SOURCE_EVENT_TYPES, sources],
  [TRIAL_EVENT_TYPES, trialDecider],
  [TWIN_EVENT_TYPES, twinDecider],
]

/** The decision model of events of this type; undefined where there is none. */
export function foldOf(type: string): Fold | undefined {
  const found = FOLDS.find(
    ([room, , prefix = '']) => type.startsWith(prefix) && room.some((definition) => definition.type === type),
  )
  return found?.[1] as Fold | undefined
}

/** The state after each of these events, given in the order of their positions: by name, a digest. */
export function foldedStates(
  catalogue: EventCatalogue,
  events: readonly Omit<GoldenEvent, 'reading'>[],
): Map<string, string> {
  const states = new Map<Fold, unknown>()
  const digests = new Map<string, string>()
  for (const { header, payload, position } of events) {
    const fold = foldOf(header.type)
    if (fold === undefined) continue
    const data = catalogue.upcast(header.type, header.schema, payload)
    const before = states.has(fold) ? states.get(fold) : fold.initial
    const after = fold.evolve(before, { type: header.type, data }, { ...header, position })
    // What no decision looks at: words that are kept beside the events they explain.
    if (after === undefined) continue
    states.set(fold, after)
    digests.set(goldenName(header), digestOf(after))
  }
  return digests
}

/**
 * Over everything that a state says, maps and sets in their order. Members that are empty say nothing: a state that can say more
 * than it used to still says the same of an old event.
 */
export function digestOf(state: unknown): string {
  return createHash('sha256')
    .update(canonicalJson(plain(state)))
    .digest('base64url')
}

function plain(value: unknown): unknown {
  if (value instanceof Map) return [...value].map(([key, each]) => [plain(key), plain(each)])
  if (value instanceof Set) return [...value].map(plain)
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value ?? null
  const members = Object.entries(value).map(([name, each]): [string, unknown] => [name, plain(each)])
  return Object.fromEntries(members.filter(([, each]) => saysSomething(each)))
}

function saysSomething(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0
  return Boolean(value) && typeof value !== 'function'
}
