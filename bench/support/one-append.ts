/** One event recorded as a twin records it: canonical JSON, sealed, digested, appended. */
import { createSecretKey, randomBytes, randomUUID } from 'node:crypto'
import { canonicalJson } from '../../src/ledger/canonical-json.js'
import type { EventStore } from '../../src/ledger/event-store.js'
import { sealedReference } from '../../src/ledger/payload.js'
import { sealPayload } from '../../src/vault/sealed-payload.js'
import type { Request } from './closed-loop.js'

/** About 540 bytes of JSON: an observation as a twin records it. */
export const observation = (sequence: number) => ({
  kind: 'observation',
  code: { system: 'http://loinc.org', code: '8480-6', display: 'Systolic blood pressure' },
  quantity: { value: 110 + (sequence % 60), unit: 'mm[Hg]' },
  status: 'final',
  category: 'vital-signs',
  effective: { at: '2026-03-14T09:26:53+01:00' },
  source: { system: 'hospital-north', resourceType: 'Observation', resourceId: randomUUID() },
  note: 'x'.repeat(200),
})

/** @param twins ids of the streams that are written to in turns */
export function anAppend(store: EventStore, twins: readonly string[]): Request {
  const key = createSecretKey(randomBytes(32))
  const kid = randomUUID()
  const actor = { id: randomUUID(), role: 'steward' }
  let next = 0
  return (_client, sequence) => {
    const id = randomUUID()
    const stream = `twin-${twins[next++ % twins.length]!}`
    const type = 'twin.observation-recorded'
    const payload = sealPayload(canonicalJson(observation(sequence)), key, kid, { id, stream, type, schema: 1 })
    const header = { id, type, schema: 1, actor, correlation: randomUUID(), payload: sealedReference(payload, kid) }
    return store.append([{ stream, expectedRevision: 'any', events: [{ header, payload }] }])
  }
}
