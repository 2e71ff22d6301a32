import { Brackets, type SelectQueryBuilder } from 'typeorm'
import type { TwinRow } from '../twin.row.js'

/** Which twins are asked for, and which the caller may see at all. */
export interface TwinFilter {
  status?: TwinRow['status']
  controller?: string
  owner?: string
  source?: string
  /** Only twins with findings that hold. */
  withFindings?: boolean
  /** Only twins of those who are enrolled in this trial. */
  trial?: string
  /** The part of the collection that is open to the caller; without it, all of it. */
  scope?: {
    subject?: string
    site?: string
    org?: string
    consentedTo?: 'HRESCH' | 'CLINTRCH'
    sampledFor?: string
    nothing?: true
  }
}

const ENROLLED = `exists (select from read.enrolment as enrolment where enrolment.subject = twin.subject
  and enrolment.trial = :trial and enrolment.status = 'enrolled')`
/** Left open for the purpose and the trial. */
const CONSENTED = `exists (select from read.consent as consent where consent.subject = twin.subject
  and consent.status = 'given' and (consent.expires_at is null or consent.expires_at > now())`

/** Out of secondary use (EHDS Art 71). */
const OPTED_OUT = 'exists (select from read.opt_out as out_of_use where out_of_use.subject = twin.subject)'

/** Drawn for a review of the audit trail that somebody carries out, as long as it is open. */
const SAMPLED = `exists (select from read.audit_review_twin as drawn
  join read.audit_review as review on review.review = drawn.review
  join read.enrolment as enrolment on enrolment.trial = drawn.trial and enrolment.code = drawn.code
  where enrolment.subject = twin.subject and review.reviewer = :sampledFor and review.status <> 'closed')`

/** Adds the filter to a query over `read.twin` under the alias `twin`. */
export function filtered(query: SelectQueryBuilder<TwinRow>, filter: TwinFilter): SelectQueryBuilder<TwinRow> {
  for (const field of ['status', 'controller', 'owner', 'source'] as const) {
    if (filter[field] !== undefined) query.andWhere(`twin.${field} = :${field}`, { [field]: filter[field] })
  }
  if (filter.withFindings) query.andWhere('twin.openFindings > 0')
  if (filter.trial !== undefined) query.andWhere(ENROLLED, { trial: filter.trial })
  const { subject, site, org, consentedTo, sampledFor, nothing } = filter.scope ?? {}
  if (consentedTo === 'HRESCH')
    query
      .andWhere(`${CONSENTED} and 'HRESCH' = any (consent.purposes) and consent.trials is null)`)
      .andWhere(`not ${OPTED_OUT}`)
  if (consentedTo === 'CLINTRCH')
    query.andWhere(`${CONSENTED} and 'CLINTRCH' = any (consent.purposes) and :trial = any (consent.trials))`)
  if (sampledFor !== undefined) query.andWhere(SAMPLED, { sampledFor })
  if (nothing) query.andWhere('false')
  if (subject !== undefined) query.andWhere('twin.subject = :subject', { subject })
  if (org !== undefined) query.andWhere('twin.controller = :org', { org })
  if (site !== undefined) {
    query.andWhere(new Brackets((either) => either.where('twin.owner = :site').orWhere('twin.controller = :site')), {
      site,
    })
  }
  return query
}
