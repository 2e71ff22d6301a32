/**
 * A consent receipt after ISO/IEC TS 27560:2023 in JSON-LD with DPV terms: the record of one consent as it stands, with the notice word
 * for word and where the log has each step. Pure.
 */
import { DATA_CATEGORIES, DATA_CATEGORY_CODES, PURPOSES } from '../../consents/codes.js'
import type { ConsentRecord } from '../../consents/consent-state.js'
import type { ConsentScope } from '../../consents/scope.js'
import type { PublishedNoticeText } from '../../notices/queries/find-notice-text.js'
import type { ConsentStep } from './consent-steps.js'
import {
  CONTEXT,
  DPV_DATA,
  DPV_PARTIES,
  DPV_PURPOSES,
  DPV_RIGHTS,
  DPV_STATUSES,
  RECEIPT_PROFILE,
  RECORD_PROFILE,
} from './dpv.js'

export interface ReceiptFacts {
  /** Random id of this receipt. */
  receipt: string
  /** RFC 3339, UTC: the moment the state is of. */
  createdAt: string
  /** Of the service, without a slash at the end. */
  publicUrl: string
  subject: string
  record: ConsentRecord
  steps: readonly ConsentStep[]
  /** Undefined for a notice whose text was not kept. */
  told: PublishedNoticeText | undefined
  /** Version of the notice in force now; undefined where there is none. */
  versionInForce: string | undefined
  /** Organisations that were shown values, beside the controller. */
  recipients: readonly string[]
  /** Signed note over the log (C2SP tlog-checkpoint). */
  checkpoint: string
  /** What of the scope tells of health was erased with the person's research data. */
  erased: boolean
}

export type ConsentReceipt = ReturnType<typeof receiptOf>

export function receiptOf(facts: ReceiptFacts) {
  const { receipt, createdAt, record, publicUrl, checkpoint } = facts
  return {
    '@context': CONTEXT,
    '@id': `urn:uuid:${receipt}`,
    '@type': 'dpv:ConsentReceipt',
    'dct:conformsTo': RECEIPT_PROFILE,
    'dpv:hasIdentifier': receipt,
    'dct:created': createdAt,
    'dct:publisher': { '@id': publicUrl },
    'schema:recipient': 'dpv:DataSubject',
    'dct:language': record.notice.language,
    'dpv:hasRecordOfActivity': recordOf(facts),
    'tl:checkpoint': checkpoint,
  }
}

function recordOf(facts: ReceiptFacts) {
  const { subject, record, publicUrl } = facts
  const { consent, scope } = record
  return {
    '@id': `urn:uuid:${consent}`,
    '@type': 'dpv:ConsentRecord',
    'dct:conformsTo': RECORD_PROFILE,
    'dct:identifier': consent,
    'dpv:hasDataSubject': { '@type': 'dpv:Patient', 'dpv:hasIdentifier': subject },
    'dpv:hasDataController': organisation(scope.controller, 'dpv:DataController'),
    'dpv:hasJurisdiction': 'loc:EU',
    'dpv:hasApplicableLaw': 'eu-gdpr:GDPR',
    'dpv:hasLegalBasis': ['eu-gdpr:A6-1-a', 'eu-gdpr:A9-2-a'],
    'dpv:hasProcess': processOf(facts),
    'dpv:hasConsentControl': {
      '@type': 'dpv:WithdrawConsent',
      'dpv:isExercisedAt': `${publicUrl}/api/v1/subjects/${subject}/consents/${consent}/withdrawal`,
      'schema:url': `${publicUrl}/console/consents/${subject}`,
    },
    'dpv:hasRight': DPV_RIGHTS.map(([right, title]) => ({
      '@type': ['dpv:DataSubjectRight', right],
      'dct:title': title,
      'dpv:isExercisedAt':
        right === 'eu-gdpr:A7-3' ? `${publicUrl}/console/consents/${subject}` : `${publicUrl}/console`,
    })),
    'dpv:hasNotice': noticeOf(facts),
    'tl:status': record.status,
    'dpv:hasConsentStatus': statusesOf(facts),
  }
}

/** One process a consent: a person agrees to its purposes together or not at all. */
function processOf({ record: { scope }, recipients, erased }: ReceiptFacts) {
  return {
    '@type': 'dpv:Process',
    'dpv:hasPurpose': scope.purposes.map((code) => ({
      '@type': 'dpv:Purpose',
      'skos:broader': DPV_PURPOSES[code],
      'skos:prefLabel': PURPOSES[code],
      'skos:exactMatch': `http://terminology.hl7.org/CodeSystem/v3-ActReason#${code}`,
    })),
    ...(scope.trials !== undefined && { 'tl:trials': scope.trials }),
    ...(erased ? { 'tl:erased': ERASED_LIMITS } : limitsOf(scope)),
    'dpv:hasProcessing': ['dpv:Store', 'dpv:Use'],
    'dpv:hasStorageCondition': {
      '@type': 'dpv:StorageDuration',
      'dpv:hasDuration': {
        '@type': 'dpv:UntilEventDuration',
        'rdf:value': 'The end of the consent; what was used until then is kept as long as the notice says.',
      },
    },
    'dpv:hasRecipient': [
      organisation(scope.controller, 'dpv:DataController'),
      ...recipients
        .filter((recipient) => recipient !== scope.controller)
        .map((each) => organisation(each, 'dpv:Recipient')),
    ],
  }
}

/** Names of the members that an erasure takes away; the same that the read models drop. */
const ERASED_LIMITS = ['dpv:hasPersonalData', 'tl:modelClasses', 'tl:duo', 'tl:diseases'] as const

function limitsOf({ dataCategories, modelClasses, duo, diseases }: ConsentScope) {
  const categories = dataCategories === 'any' ? DATA_CATEGORY_CODES : dataCategories
  return {
    'dpv:hasPersonalData': categories.map((category) => ({
      '@type': DPV_DATA[category].type,
      'skos:broader': DPV_DATA[category].broader,
      'skos:prefLabel': DATA_CATEGORIES[category],
      'dct:identifier': category,
    })),
    'tl:modelClasses': modelClasses,
    'tl:duo': duo,
    ...(diseases !== undefined && { 'tl:diseases': diseases }),
  }
}

function noticeOf({ record: { notice }, told, versionInForce, publicUrl }: ReceiptFacts) {
  const { id, version, language, sha256 } = notice
  const url = `${publicUrl}/api/v1/consent-notices/${encodeURIComponent(id)}`
  return {
    '@id': `${url}/${encodeURIComponent(version)}/${language}`,
    '@type': 'dpv:ConsentNotice',
    'dct:identifier': id,
    'schema:version': version,
    'dct:language': language,
    ...(sha256 !== null && { 'schema:sha256': sha256 }),
    ...(told && {
      'dct:title': told.title,
      'schema:text': told.text,
      'dct:issued': told.publishedAt,
      'dct:coverage': `${told.inForceFrom}/..`,
      'tl:standing': told.standing,
    }),
    ...(versionInForce !== undefined &&
      versionInForce !== version && { 'dct:isReplacedBy': { 'dct:identifier': id, 'schema:version': versionInForce } }),
  }
}

function statusesOf({ record, steps }: ReceiptFacts) {
  const { controller } = record.scope
  const noticed = steps.map(({ status, at, by, method, event, position }) => ({
    '@type': status === 'given' ? [DPV_STATUSES[status], 'dpv:ExplicitlyExpressedConsent'] : DPV_STATUSES[status],
    'dpv:isIndicatedAtTime': at,
    'dpv:isIndicatedBy': by === null ? controller : DPV_PARTIES[by],
    ...(method !== null && { 'dpv:hasIndicationMethod': method }),
    ...(status === 'given' && { 'dpv:hasDuration': durationOf(record) }),
    'tl:event': event,
    'tl:position': position,
  }))
  const isNoticed = steps.at(-1)?.status === record.status
  // Its time has run out, and nobody has come by to record that.
  const ranOut = {
    '@type': DPV_STATUSES.expired,
    'dpv:isIndicatedAtTime': record.expiresAt,
    'dpv:isIndicatedBy': controller,
  }
  return isNoticed ? noticed : [...noticed, ranOut]
}

function durationOf({ expiresAt }: ConsentRecord) {
  return expiresAt === undefined
    ? { '@type': 'dpv:UntilEventDuration', 'rdf:value': 'Withdrawal' }
    : { '@type': 'dpv:UntilTimeDuration', 'rdf:value': expiresAt }
}

function organisation(id: string, role: string) {
  return { '@type': role, 'dpv:hasIdentifier': id, 'dpv:hasName': id }
}
