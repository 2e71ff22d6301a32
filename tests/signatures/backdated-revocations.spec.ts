import { describe, expect, it } from '@jest/globals'
import type { FindManyOptions, FindOperator, Repository } from 'typeorm'
import type { Journal } from '../../src/journal/journal.js'
import type { SecurityAlerts } from '../../src/platform/security-alerts.js'
import type { ProjectionEngine } from '../../src/projections/projection-engine.js'
import { BackdatedRevocations } from '../../src/signatures/keys/backdated-revocations.js'
import type { SignatureKeyBook } from '../../src/signatures/keys/signature-key-book.js'
import type { ShownSignatures } from '../../src/signatures/shown-signatures.js'
import type { SignatureRow } from '../../src/signatures/signature.row.js'

const [KID, AT] = ['kid-1', '2026-06-02T12:00:00.000Z']
const VALIDITY = { activatedPosition: 0, activatedAt: AT, retiredAt: null, revokedFromPosition: null }
const ASKED = { backdating: 'b-1', kid: KID, fromPosition: 100, reason: 'key-compromised', voids: 0 }

/** A key that made so many signatures, the first of them at position 0. */
function keyThatMade(signatures: number): BackdatedRevocations {
  const all = Array.from({ length: signatures }, (_, position) => ({ signature: `s-${position}`, position }))
  const state = { keys: new Map([[KID, { kid: KID, validity: VALIDITY }]]), backdatings: new Map([['b-1', ASKED]]) }
  const rows = {
    find: async ({ where, take }: FindManyOptions<SignatureRow>) => {
      const from = (where as { position: FindOperator<number> }).position.value
      return all.filter(({ position }) => position >= from).slice(0, take)
    },
  }
  const shown = {
    eventsOf: async (page: typeof all) =>
      page.map(({ position }) => ({ made: { position, header: { recordedAt: AT } }, data: { kid: KID } })),
  }
  return new BackdatedRevocations(
    { state: async () => state } as unknown as SignatureKeyBook,
    { store: { head: async () => ({ size: signatures }) } } as unknown as Journal,
    shown as unknown as ShownSignatures,
    { waitFor: async () => undefined } as unknown as ProjectionEngine,
    {} as SecurityAlerts,
    rows as unknown as Repository<SignatureRow>,
  )
}

// proves TL-SIG-003
describe('what a backdating would void', () => {
  it('is counted whole, and shown by its first five hundred', async () => {
    const { voidsNow, atStake } = await keyThatMade(1_100).read('b-1')
    expect([voidsNow, atStake.length]).toEqual([1_000, 500])
    expect([atStake[0]!.position, atStake.at(-1)!.position]).toEqual([100, 599])
  })
})
