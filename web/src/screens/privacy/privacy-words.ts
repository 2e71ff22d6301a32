/** Requests about personal data as a person reads them; the lists are the service's own. */
import {
  ERASURE_GROUNDS,
  EXTENSION_REASONS,
  IDENTITY_METHODS,
  REFUSAL_GROUNDS,
  REQUEST_CHANNELS,
  REQUEST_KINDS,
  RETENTION_GROUNDS,
  type ExtensionReason,
  type IdentityMethod,
  type RequestKind,
} from '../../../../src/privacy/codes.js'
import { KEY_CLASSES, type KeyClass } from '../../../../src/vault/key-class.js'
import type { PrivacyRequest } from '../../api/privacy.js'
import type { Tone } from '../../components/badge.js'
import type { Options } from '../../components/field.js'
import { plural } from '../../components/values.js'

/** What a request asks for, with the article of the GDPR that gives the right to it. */
export function kindText(kind: RequestKind): string {
  const { title, article } = REQUEST_KINDS[kind]
  return `${title[0]!.toUpperCase()}${title.slice(1)} (Art ${article})`
}

export const CLASS_WORDS: Record<KeyClass, string> = {
  identity: 'Identity',
  'trial-record': 'Clinical and trial record',
  'optional-research': 'Optional research',
  contact: 'Contact details',
}
export const CLASSES = KEY_CLASSES.map((code) => [code, CLASS_WORDS[code]] as const)

/** `17-3-b` is said as "17(3)(b)". */
const articleOf = (code: string): string => code.replace(/^(\d+)-(\d+)-([a-z])$/, '$1($2)($3)')
const withArticle = (grounds: Readonly<Record<string, string>>): Options =>
  Object.entries(grounds).map(([code, text]) => [code, `${text} (Art ${articleOf(code)})`])

export const RETENTION: Options = withArticle(RETENTION_GROUNDS)
export const GROUNDS_TO_ERASE: Options = withArticle(ERASURE_GROUNDS)
export const REFUSALS: Options = Object.entries(REFUSAL_GROUNDS)

const METHODS: Record<Exclude<IdentityMethod, 'signed-in'>, string> = {
  document: 'by a document',
  'known-to-staff': 'known to staff',
  'proof-of-representation': 'by a proof of representation',
}
/** Being signed in is for the service to see. */
export const IDENTITY_OPTIONS: Options = IDENTITY_METHODS.flatMap((method) =>
  method === 'signed-in' ? [] : [[method, METHODS[method]] as const],
)

/** How somebody asks and is answered. */
export const CHANNELS: Options = REQUEST_CHANNELS.map((channel) => [channel, channel] as const)

const EXTENSIONS: Record<ExtensionReason, string> = {
  complexity: 'the request is complex',
  'number-of-requests': 'the person has made many requests',
}
export const EXTENSION_OPTIONS: Options = EXTENSION_REASONS.map((reason) => [reason, EXTENSIONS[reason]] as const)

/** Nearly due is worth a look; overdue is an alarm. */
const SOON_DAYS = 7

export function clockOf({ overdue, daysLeft }: PrivacyRequest): { tone: Tone; text: string } {
  if (daysLeft === null) return { tone: 'good', text: 'answered' }
  if (overdue) return { tone: 'bad', text: `overdue by ${plural(-daysLeft, 'day')}` }
  return { tone: daysLeft <= SOON_DAYS ? 'caution' : 'neutral', text: `${plural(daysLeft, 'day')} left` }
}
