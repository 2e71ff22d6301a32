/** What refusals left: events of callers who were known, a count of those who were not. */
import { Journal } from '../../../src/journal/journal.js'
import type { AccessRefused } from '../../../src/journal/access-events.js'
import type { RecordedEvent } from '../../../src/journal/recorded-event.js'
import type { TestService } from '../../support/test-service.js'

export interface RecordedRefusal {
  role: string
  action: string
  code: string
}

/** Refusals on record that concern nobody's record, by correlation id. */
export async function refusalsIn(test: TestService): Promise<Map<string, RecordedRefusal>> {
  const { rows } = await test.db.ownerPool.query<{ stream: string }>(
    `select distinct stream from ledger.event where convert_from(leaf, 'UTF8')::jsonb->>'type' = 'access.refused'`,
  )
  const journal = test.service.app.get(Journal, { strict: false })
  const streams = await Promise.all(rows.map(({ stream }) => journal.read(stream)))
  const refused = streams
    .flat()
    .filter((event): event is RecordedEvent<AccessRefused> => event.type === 'access.refused')
  return new Map(
    refused.map(({ header, data }) => [
      header.correlation,
      { role: header.actor.role, action: data!.action, code: data!.code },
    ]),
  )
}

/** How often a caller was refused whom nobody could verify, for this reason. */
export async function unverifiedRefused(test: TestService, code: string): Promise<number> {
  const metrics = await (await test.request(null, '/metrics')).text()
  const [, count = '0'] =
    new RegExp(`^unverified_requests_refused_total\\{code="${code}"\\} (\\d+)`, 'm').exec(metrics) ?? []
  return Number(count)
}
