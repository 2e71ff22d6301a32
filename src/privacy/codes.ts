/** The closed code lists of data-subject rights: what may stand in clear text in the log because nobody can type into it. */

/** Rights of the GDPR, by the article that gives them. */
export const REQUEST_KINDS = {
  access: { article: '15', title: 'access to the data' },
  rectification: { article: '16', title: 'rectification' },
  erasure: { article: '17', title: 'erasure' },
  restriction: { article: '18', title: 'restriction of processing' },
  portability: { article: '20', title: 'portability' },
  objection: { article: '21', title: 'objection to processing' },
  'human-review': { article: '22(3)', title: 'review of an automated decision by a person' },
} as const
export type RequestKind = keyof typeof REQUEST_KINDS
export const REQUEST_KIND_CODES = Object.keys(REQUEST_KINDS) as RequestKind[]

export const REQUEST_CHANNELS = ['electronic', 'paper', 'verbal'] as const
export type RequestChannel = (typeof REQUEST_CHANNELS)[number]

export const IDENTITY_METHODS = ['signed-in', 'document', 'known-to-staff', 'proof-of-representation'] as const
export type IdentityMethod = (typeof IDENTITY_METHODS)[number]

/** GDPR Art 12(3): the only grounds for two more months. */
export const EXTENSION_REASONS = ['complexity', 'number-of-requests'] as const
export type ExtensionReason = (typeof EXTENSION_REASONS)[number]

export const OUTCOMES = ['granted', 'partial', 'refused'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Exceptions of Art 17(3) that let data be kept. (a), freedom of expression, has no place in a health ledger. */
export const RETENTION_GROUNDS = {
  '17-3-b': 'a legal obligation',
  '17-3-c': 'public health',
  '17-3-d': 'research that erasure would seriously impair',
  '17-3-e': 'legal claims',
} as const
export type RetentionGround = keyof typeof RETENTION_GROUNDS
export const RETENTION_GROUND_CODES = Object.keys(RETENTION_GROUNDS) as RetentionGround[]

/** Grounds on which a request other than erasure is refused. */
export const REFUSAL_GROUNDS = {
  'identity-not-established': 'who asks could not be established (Art 12(2))',
  'manifestly-unfounded': 'manifestly unfounded (Art 12(5)(a))',
  excessive: 'excessive, above all by repetition (Art 12(5)(b))',
  'rights-of-others': 'it would harm the rights of others (Art 15(4), 20(4))',
  'condition-not-met': 'the conditions of the article are not met',
  'compelling-grounds': 'compelling legitimate grounds of the controller (Art 21(1))',
} as const
export type RefusalGround = keyof typeof REFUSAL_GROUNDS | RetentionGround
export const REFUSAL_GROUND_CODES = [
  ...(Object.keys(REFUSAL_GROUNDS) as (keyof typeof REFUSAL_GROUNDS)[]),
  ...RETENTION_GROUND_CODES,
] as RefusalGround[]

/** Grounds of Art 17(1) on which data must go. */
export const ERASURE_GROUNDS = {
  '17-1-a': 'no longer necessary',
  '17-1-b': 'consent withdrawn',
  '17-1-c': 'objected to',
  '17-1-d': 'processed unlawfully',
  '17-1-e': 'a legal obligation to erase',
} as const
export type ErasureGround = keyof typeof ERASURE_GROUNDS
export const ERASURE_GROUND_CODES = Object.keys(ERASURE_GROUNDS) as ErasureGround[]

/** Who asked for a legal hold, and what for. */
export const HOLD_REQUESTERS = ['controller', 'sponsor', 'regulator', 'court'] as const
export type HoldRequester = (typeof HOLD_REQUESTERS)[number]
export const HOLD_GROUNDS = ['litigation', 'inspection', 'investigation', 'retention-duty'] as const
export type HoldGround = (typeof HOLD_GROUNDS)[number]

/** Who may ask for a hold with an account of their own; what a court or the controller asks for is placed by compliance. */
export const ASKING_ROLES = ['sponsor', 'regulator'] as const satisfies readonly HoldRequester[]
export type AskingRole = (typeof ASKING_ROLES)[number]

/** Why a hold that was asked for is not placed. */
export const HOLD_REFUSALS = [
  'no-legal-basis',
  'person-not-concerned',
  'disproportionate',
  'withdrawn-by-requester',
] as const
export type HoldRefusal = (typeof HOLD_REFUSALS)[number]
