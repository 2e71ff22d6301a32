/** Events that say in a payload that was never sealed how long somebody's record is, and where the log holds it. */
import type { SignatureMade } from '../../../src/signatures/events.js'
import type { RunRequest, SimulationRequested } from '../../../src/simulations/events.js'

const USE = { asked: 'exploratory', stamp: 'exploratory', reasons: [], approval: null } as const

/** A run on the twin at revision 41. */
export function runAsked(twin: string): SimulationRequested {
  const data = { model: 'cvd.example', version: '1.0.0', twin, twinRevision: 41, purpose: 'CLINTRCH', use: USE }
  return { type: 'simulation.requested', data: data as unknown as RunRequest }
}

export const LEAF_HASH = 'b4oHgGKJmLmC6dGZ0nXsQ4Ht7bqVfUuB2nY1m8qkO9E'
export const PAYLOAD_DIGEST = 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg'

/** A signature on revision 41 of a record, which the log holds at position 4242. */
export function signed(stream: string, signature: string): SignatureMade {
  const record = {
    stream,
    revision: 41,
    position: 4242,
    eventId: signature,
    type: 'twin.registered',
    leafHash: LEAF_HASH,
    payloadDigest: PAYLOAD_DIGEST,
  }
  const made = {
    meaning: 'review',
    signedAt: '2026-10-01T00:00:00.000Z',
    attestation: 3,
    kid: 'k',
    jws: 'a.b.c',
  } as const
  return { type: 'signature.made', data: { signature, record, ...made } }
}
