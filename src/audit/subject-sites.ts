/** Which sites hold a person's record: those in whose custody a twin is, and those that enrolled the person. */
import type { ProjectedEvent, ProjectionSql } from '../projections/projection.js'
import type { TrialEvent } from '../trials/events.js'
import type { TwinEvent } from '../twins/events.js'

interface Holding {
  stream: string
  subject: string
  site: string
}

/** Custody replaces what the same twin said before; an enrolment adds to what is known. */
export async function recordSites(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
  const custody = new Map<string, Holding[]>()
  const enrolments: Holding[] = []
  for (const { header, data } of events) {
    const { stream, subject } = header
    if (data === null || subject === undefined) continue
    const event = { type: header.type, data } as TwinEvent | TrialEvent
    if (event.type === 'twin.registered' || event.type === 'twin.custody-changed') {
      const holders = new Set([event.data.owner, event.data.controller])
      custody.set(
        stream,
        [...holders].map((site) => ({ stream, subject, site })),
      )
    } else if (event.type === 'trial.subject-enrolled') enrolments.push({ stream, subject, site: event.data.site })
  }
  if (custody.size > 0) {
    await sql.query('delete from audit_subject_site where stream = any ($1::text[])', [[...custody.keys()]])
  }
  const holdings = [...[...custody.values()].flat(), ...enrolments]
  if (holdings.length === 0) return
  await sql.query(
    `insert into audit_subject_site (stream, subject, site) select * from unnest($1::text[], $2::uuid[], $3::text[])
     on conflict do nothing`,
    [holdings.map(({ stream }) => stream), holdings.map(({ subject }) => subject), holdings.map(({ site }) => site)],
  )
}
