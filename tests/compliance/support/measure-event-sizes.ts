/**
 * Fills an embedded PostgreSQL through the store with sealed observations and prints, as JSON, what an event takes in each
 * table and index. The figures of decision 0003 come from here:
 * `node --import ./tests/support/register-typescript.js tests/compliance/support/measure-event-sizes.ts 200000`
 */
import { createSecretKey, randomBytes, randomUUID } from 'node:crypto'
import { openBenchDatabase } from '../../../bench/support/bench-database.js'
import { canonicalJson } from '../../../src/ledger/canonical-json.js'
import { generateSignerKey, noteSignerFromKey } from '../../../src/ledger/log/note-key.js'
import { sealedReference } from '../../../src/ledger/payload.js'
import { PostgresEventStore } from '../../../src/ledger/postgres/postgres-event-store.js'
import { sealPayload } from '../../../src/vault/sealed-payload.js'

/** Events of one twin: a person's record of some years. */
const EVENTS_PER_STREAM = 100
const CLIENTS = 512

const target = Number(process.argv[2] ?? 200_000)
const db = await openBenchDatabase()
const signer = noteSignerFromKey(generateSignerKey('ledger.example/sizes'))
const store = await PostgresEventStore.open({ pool: db.servicePool, writerUrl: db.serviceUrl, signer })
const key = createSecretKey(randomBytes(32))
const actor = { id: randomUUID(), role: 'investigator', org: 'hospital-north' }
const people = Array.from({ length: Math.ceil(target / EVENTS_PER_STREAM) }, () => ({
  stream: `twin-${randomUUID()}`,
  subject: randomUUID(),
  kid: randomUUID(),
}))

let sent = 0
await Promise.all(
  Array.from({ length: CLIENTS }, async () => {
    while (sent < target) await append(sent++)
  }),
)
await db.ownerPool.query('vacuum analyze')
process.stdout.write(`${JSON.stringify(await sizes(), null, 2)}\n`)
await store.close()
await db.close()

function append(sequence: number): Promise<unknown> {
  const { stream, subject, kid } = people[sequence % people.length]!
  const id = randomUUID()
  const type = 'twin.observation-recorded'
  const payload = sealPayload(canonicalJson(observation(sequence)), key, kid, { id, stream, type, schema: 1 })
  const header = {
    id,
    type,
    schema: 1,
    actor,
    purpose: 'TREAT',
    subject,
    correlation: randomUUID(),
    payload: sealedReference(payload, kid),
  }
  return store.append([{ stream, expectedRevision: 'any', events: [{ header, payload }] }])
}

/** As a FHIR laboratory result becomes a fact. */
function observation(sequence: number) {
  return {
    kind: 'observation',
    code: { system: 'http://loinc.org', code: '8480-6', display: 'Systolic blood pressure' },
    quantity: { value: 110 + (sequence % 60), unit: 'mm[Hg]' },
    status: 'final',
    category: 'vital-signs',
    effective: { at: '2026-03-14T09:26:53+01:00' },
    source: { system: 'hospital-north', resourceType: 'Observation', resourceId: randomUUID() },
  }
}

async function sizes() {
  const { rows: averages } = await db.ownerPool.query(`
    select count(*)::int as events, avg(octet_length(leaf))::float8 as leaf,
      (select avg(octet_length(stored))::float8 from ledger.payload) as payload from ledger.event`)
  const { rows: relations } = await db.ownerPool.query(`
    select c.relname, c.relkind, pg_relation_size(c.oid)::float8 as bytes, pg_total_relation_size(c.oid)::float8 as total
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'ledger' and c.relkind in ('r', 'i') and pg_relation_size(c.oid) > 0 order by c.relname`)
  const { events } = averages[0] as { events: number }
  return {
    ...averages[0],
    relations: relations.map(({ relname, relkind, bytes, total }) => ({
      relation: relname as string,
      kind: relkind === 'i' ? 'index' : 'table',
      bytes: bytes as number,
      toast: relkind === 'r' ? (total as number) : undefined,
      perEvent: Number(((bytes as number) / events).toFixed(1)),
    })),
  }
}
