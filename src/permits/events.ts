/**
 * What can have happened to a data permit. Stream: `data-permit-<uuid>`, the uuid derived from the access body and its identifier.
 * About organisations and purposes, not about persons: codes, ids and digests in the clear. The permit's own words stay in its
 * document, of which the digest is recorded.
 */
import type { DataCategory } from '../consents/events.js'
import { eventTypes, type DomainEvent } from '../journal/event-type.js'
import { PERMITTED_PURPOSES, type PermitRevocationReason, type PermittedPurpose } from './codes.js'

/** What the health data access body permits, as its document says (EHDS Art 68). */
export interface PermitTerms {
  /** As the access body gave it. */
  identifier: string
  /** Organisation id of the health data access body. */
  issuer: string
  /** ISO 3166-1 alpha-2, or `EU`. */
  jurisdiction: string
  /** SHA-256 of the permit's document, hexadecimal. */
  document: string
  purposes: readonly PermittedPurpose[]
  dataCategories: readonly DataCategory[]
  /** Model classes (`cvd`) or single models (`cvd.prevent-2023`). */
  models: readonly string[] | 'any'
  /** Organisation id of the health data holder: the controller of the twins. */
  holder: string
  /** Organisation id of the health data user. */
  user: string
  /** RFC 3339, UTC, milliseconds: in force from then, and no more from `until`. */
  from: string
  until: string
}

/** Of a permit that is on record already: other terms, which take the place of those in force once they are approved. */
export type PermitRegistered = DomainEvent<'permit.registered', PermitTerms>
/** Somebody else held what was registered against the document with this digest. */
export type PermitApproved = DomainEvent<'permit.approved', { document: string }>
/** Nothing rests on it from here on, and nothing that was registered waits any more. */
export type PermitRevoked = DomainEvent<'permit.revoked', { reason: PermitRevocationReason }>

export type PermitEvent = PermitRegistered | PermitApproved | PermitRevoked

const purposesOf = ({ purposes }: PermitTerms) => purposes.map((code) => PERMITTED_PURPOSES[code]).join('; ')

/** How each is read aloud; nothing in them is sealed. */
export const PERMIT_EVENT_TYPES = eventTypes<PermitEvent>({
  'permit.registered': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The data permit ${data.identifier} of ${data.issuer} was registered for ${data.user}, until ${data.until}: ${purposesOf(data)}.`
        : 'A data permit was registered.',
  },
  'permit.approved': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `A data permit was held against its document (SHA-256 ${data.document}) and approved.`
        : 'A data permit was approved.',
  },
  'permit.revoked': {
    schema: 1,
    sealedUnder: null,
    describe: (data) => (data ? `A data permit was revoked (${data.reason}).` : 'A data permit was revoked.'),
  },
})
