/** Fills an empty evaluation ledger, so that every screen and query has something true to show. */
import type { INestApplicationContext } from '@nestjs/common'
import { DEMO_CLINIC, DEMO_SITE, type DemoAccounts } from '../identity/evaluation-issuer/accounts.js'
import { IngestBundle } from '../interop/fhir/ingest-bundle.js'
import { EVENT_STORE } from '../journal/journal.tokens.js'
import type { EventStore } from '../ledger/event-store.js'
import { generatePatients } from './generator/index.js'

export async function seedEvaluation(app: INestApplicationContext, accounts: DemoAccounts): Promise<void> {
  const store = app.get<EventStore>(EVENT_STORE, { strict: false })
  if ((await store.head()).size > 0) return
  void accounts
  const ingest = app.get(IngestBundle, { strict: false })
  for (const { bundle } of generatePatients({ count: 60, seed: 20260101, referenceDate: '2026-11-01' })) {
    await ingest.execute(
      { actor: { id: 'evaluation-data', role: 'steward', org: 'evaluation-clinic' }, correlation: crypto.randomUUID() },
      bundle,
      { source: 'evaluation-hospital', custody: { controller: DEMO_CLINIC, owner: DEMO_SITE } },
    )
  }
}
