/**
 * One row for each writing route whose right has a scope: what is sent beside the example of the API page, so that it concerns records
 * of one place, and what it is answered where that place is the caller's own. In this order, because one leads to the next.
 */
import { randomUUID } from 'node:crypto'
import type { Role } from '../../../src/identity/roles.js'
import { cholesterol, transaction } from '../../interop/fhir/support/bundles.js'

/** What a request can name at one place. */
export type Side = Readonly<Record<string, string>>

export interface Write {
  /** Beside the example of the API page, or instead of parts of it. */
  body?: (side: Side, role: Role) => object
  query?: string
  /** Default JSON. */
  contentType?: string
  /** Status, and code of the refusal where a rule of the domain speaks after the policy has; default a success. */
  within?: RegExp
  /** What the answer names, for later rows. */
  keeps?: (answer: Record<string, string>) => Record<string, string>
  /** Concerns nothing but the caller: there is no scope to be out of. */
  ofTheCaller?: true
}

const NOTICE = { notice: { id: 'two-trials', version: '1.0', language: 'en' } }
const ANY = { duo: [], modelClasses: 'any', dataCategories: 'any' }
const trialScope = ({ trial, clinic }: Side) => ({
  scope: { ...ANY, purposes: ['CLINTRCH'], trials: [trial], controller: clinic },
})
const onPaper = (role: Role) => ({ method: role === 'participant' ? 'electronic' : 'paper' })
const HEART_RATE = {
  kind: 'observation',
  source: { system: 'clinic-ehr' },
  code: { system: 'http://loinc.org', code: '8867-4' },
  status: 'final',
  quantity: { value: 71, unit: '/min' },
}

export const WRITES: Readonly<Record<string, Write>> = {
  'POST /fhir/R4': {
    contentType: 'application/fhir+json',
    body: ({ twin }) => transaction(cholesterol({ id: randomUUID(), subject: { reference: `Patient/${twin}` } })),
  },
  'POST /api/v1/twins': {
    body: ({ clinic, site }) => ({ custody: { controller: clinic, owner: site } }),
    keeps: ({ twin }) => ({ secondTwin: twin! }),
  },
  'POST /api/v1/twins/:id/facts': { body: () => ({ facts: [HEART_RATE] }) },
  'POST /api/v1/twins/:id/facts/:eventId/queries': {
    body: ({ trial }) => ({ trial }),
    keeps: ({ query }) => ({ query: query! }),
  },
  'POST /api/v1/data-queries/:query/answer': { body: () => ({ explanation: 'The value stands.' }) },
  'POST /api/v1/data-queries/:query/re-query': {},
  'POST /api/v1/data-queries/:query/closure': { within: /^409 data-query-out-of-order/ },
  'POST /api/v1/data-queries/:query/cancellation': {},
  'POST /api/v1/twins/:id/facts/:eventId/corrections': { body: () => ({ replacement: HEART_RATE }) },
  'POST /api/v1/twins/:twin/meshes': {
    query: '?organ=UBERON:0000948',
    contentType: 'model/gltf-binary',
    within: /^422 not-glb/,
  },
  'POST /api/v1/twins/:twin/meshes/:mesh/detachment': { within: /^404 mesh-not-found/ },
  'PUT /api/v1/twins/:id/custody': { body: ({ clinic, site }) => ({ controller: clinic, owner: site }) },
  'POST /api/v1/twins/:id/merge': { body: ({ secondTwin }) => ({ twin: secondTwin ?? randomUUID() }) },
  'POST /api/v1/subjects/:subject/consents/requests': {
    body: (side) => ({ ...trialScope(side), ...NOTICE }),
    keeps: ({ consent }) => ({ requested: consent! }),
  },
  'POST /api/v1/subjects/:subject/consents/:consent/gift': {
    body: (_side, role) => onPaper(role),
    within: /^409 consent-in-force/,
  },
  'POST /api/v1/subjects/:subject/consents/:consent/refusal': {
    body: (_side, role) => onPaper(role),
    within: /^409 consent-not-requested/,
  },
  'POST /api/v1/subjects/:subject/consents': {
    body: (side, role) => ({ ...trialScope(side), ...NOTICE, ...onPaper(role) }),
  },
  'POST /api/v1/subjects/:subject/opt-out': { body: (_side, role) => onPaper(role) },
  'POST /api/v1/subjects/:subject/opt-out/reversal': {
    body: (_side, role) => onPaper(role),
    within: /^(200 |409 not-opted-out)/,
  },
  'POST /api/v1/simulations': { body: ({ twin, trial }) => ({ twin, trial, purpose: 'CLINTRCH', day: '2026-01-02' }) },
  'POST /api/v1/simulations/:run/cancel': { within: /^409 run-ended/ },
  'POST /api/v1/simulations/:run/replays': {},
  'POST /api/v1/cohorts': {
    body: ({ twin, trial }) => ({ twins: [twin], trial, purpose: 'CLINTRCH', day: '2026-01-02' }),
  },
  'POST /api/v1/cohorts/:cohort/cancel': { within: /^(200 |409 cohort-ended)/ },
  'POST /api/v1/twins/:id/demographics/corrections': {
    body: () => ({ replacement: { source: { system: 'clinic-ehr' }, birthDate: '1960-01-01' } }),
  },
  'POST /api/v1/decisions': { body: ({ run }) => ({ run, significant: false }) },
  'POST /api/v1/decisions/:decision/review': { within: /^403 second-person-required/ },
  'POST /api/v1/decisions/:decision/adoption': {},
  'POST /api/v1/decisions/:decision/contests/:request/judgement': { within: /^404 decision-contest-not-found/ },
  'POST /api/v1/designs/:design/replays': {},
  'POST /api/v1/roster/grants': {
    body: ({ actor, site, sponsor }) => ({ actor, role: 'steward', scope: { site, org: sponsor } }),
  },
  'POST /api/v1/roster/grants/:grant/approval': { within: /^(200 |409 grant-not-pending)/ },
  'POST /api/v1/roster/grants/:grant/refusal': { within: /^409 grant-not-pending/ },
  'POST /api/v1/audit-reviews/:review/reviewer': {},
  'POST /api/v1/audit-reviews/:review/findings': {
    body: () => ({ explanation: 'The reason does not fit the change.' }),
    within: /^400 review-entry-not-sampled/,
  },
  'POST /api/v1/audit-reviews/:review/findings/:finding/resolution': { within: /^404 review-finding-not-found/ },
  'POST /api/v1/audit-reviews/:review/conclusion': {},
  'POST /api/v1/audit-reviews/:review/closure': { within: /^409 signature-missing/ },
  'POST /api/v1/privacy/hold-requests': { body: ({ trial, code }) => ({ trial, code }) },
  'POST /api/v1/privacy/consultations/:consultation/answer': {},
  'POST /api/v1/privacy/requests': {
    body: ({ subject }) => ({ subject, kind: 'access', statement: 'Show me my data.' }),
  },
  'POST /api/v1/signers/me/attestation': { ofTheCaller: true, within: /^401 step-up-required/ },
  'POST /api/v1/signing-requests': {
    body: ({ twin, subject, trial }, role) => ({
      stream:
        role === 'sponsor' || role === 'randomisation-manager'
          ? `trial-${trial}`
          : role === 'participant'
            ? `consent-${subject}`
            : `twin-${twin}`,
      revision: 0,
      meaning: 'review',
    }),
    within: /^409 record-changed/,
  },
  'POST /api/v1/signatures': {
    ofTheCaller: true,
    body: () => ({ request: randomUUID() }),
    within: /^401 step-up-required/,
  },
  'POST /api/v1/trials': { body: ({ sponsor }) => ({ sponsor, code: 'TRIAL-9' }) },
  'PUT /api/v1/trials/:trial/protocol': {},
  'POST /api/v1/trials/:trial/sites': { body: () => ({ site: 'a-third-site' }) },
  'POST /api/v1/trials/:trial/sites/:site/closure': { within: /^200 / },
  'POST /api/v1/trials/:trial/arms': {
    body: () => ({ arms: ['A', 'B'].map((arm) => ({ arm, name: arm, share: 1 })), stratifiedBy: 'none' }),
  },
  'POST /api/v1/trials/:trial/randomisation/lists': { body: () => ({ blockSizes: [2], places: 4 }) },
  'POST /api/v1/trials/:trial/enrolments': {
    body: ({ subject, site }) => ({ subject, site }),
    within: /^409 site-closed/,
  },
  'POST /api/v1/trials/:trial/enrolments/:code/allocation': {},
  'POST /api/v1/trials/:trial/enrolments/:code/unblinding': {},
  'POST /api/v1/trials/:trial/analysis-plans': { keeps: ({ plan }) => ({ plan: plan! }) },
  'POST /api/v1/trials/:trial/analysis-plans/:plan/freezing': {},
  'POST /api/v1/trials/:trial/enrolments/:code/withdrawal': {},
  'POST /api/v1/trials/:trial/closure': {},
  'POST /api/v1/trials/:trial/data-lock': { body: () => ({ leavingOpen: 'no-effect-on-analysis' }) },
  'POST /api/v1/trials/:trial/data-lock/unlockings': {},
  'POST /api/v1/trials/:trial/unblinding-requests': { within: /^409 unlocking-pending/ },
  'POST /api/v1/trials/:trial/unblinding': { within: /^404 unblinding-request-not-found/ },
  'POST /api/v1/subjects/:subject/consents/:consent/withdrawal': {
    body: (_side, role) => onPaper(role),
    within: /^(200 |409 consent-not-in-force)/,
  },
  'POST /api/v1/subjects/:subject/consents/withdrawal': {
    body: (_side, role) => onPaper(role),
    within: /^(200 |409 consent-not-in-force)/,
  },
  'POST /api/v1/twins/:id/withdrawal': { within: /^(200 |409 twin-withdrawn)/ },
  'POST /api/v1/twins/:id/return-to-use': { within: /^(200 |409 twin-in-use)/ },
}
