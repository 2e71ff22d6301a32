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
  /** The part of the collection that is open to the caller; without it, all of it. */
  scope?: { subject?: string; site?: string; org?: string; nothing?: true }
}

/** Adds the filter to a query over `read.twin` under the alias `twin`. */
export function filtered(query: SelectQueryBuilder<TwinRow>, filter: TwinFilter): SelectQueryBuilder<TwinRow> {
  for (const field of ['status', 'controller', 'owner', 'source'] as const) {
    if (filter[field] !== undefined) query.andWhere(`twin.${field} = :${field}`, { [field]: filter[field] })
  }
  if (filter.withFindings) query.andWhere('twin.openFindings > 0')
  const { subject, site, org, nothing } = filter.scope ?? {}
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
