import { describe, expect, it } from '@jest/globals'
import { cosigner, cosignatureVerifier } from '../../src/ledger/log/cosignature.js'
import { privateKeyFromSeed } from '../../src/ledger/log/ed25519.js'
import { parseNote } from '../../src/ledger/log/note.js'
import { parseWitnessPolicy } from '../../src/ledger/log/witness-policy.js'
import { backoffMs, retryAfterMs } from '../../src/witnesses/backoff.js'
import { pickCosigned } from '../../src/witnesses/cosigned-checkpoints.js'
import type { KeptCosignature } from '../../src/witnesses/cosignature-store.js'
import { WITNESS_EVENT_TYPES } from '../../src/witnesses/events.js'
import { FedWitness } from '../../src/witnesses/fed-witness.js'
import { decide, evolve, witnessingDecider, type WitnessingCommand } from '../../src/witnesses/witnessing.js'
import { checkpointOf, sampleLog } from '../ledger/log/support/sample-log.js'

/** What these commands put on record, as a reviewer reads it. */
function recorded(...commands: WitnessingCommand[]): string[] {
  let state = witnessingDecider.initial
  return commands.flatMap((command) => {
    const events = decide(state, command)
    state = events.reduce(evolve, state)
    return events.map(({ type, data }) =>
      WITNESS_EVENT_TYPES.find((known) => known.type === type)!.describe(data, {} as never),
    )
  })
}

const w1 = { witness: 'sponsor.example/w1', keyId: '01020304' }
const contradicted = (fields: Partial<Extract<WitnessingCommand, { type: 'note-contradicted' }>> = {}) =>
  ({
    type: 'note-contradicted',
    ...w1,
    contradiction: 'not-an-extension',
    size: 300,
    root: 'AA==',
    witnessSize: 200,
    ...fields,
  }) as const
const cosigned = (fields = {}) => ({ type: 'note-cosigned', ...w1, size: 301, ...fields }) as const

// proves TL-LOG-005
describe('on record about the witnesses', () => {
  it('is a contradiction once, until the witness cosigns again', () => {
    expect(
      recorded(cosigned(), contradicted(), contradicted({ size: 301 }), cosigned(), cosigned(), contradicted()),
    ).toEqual([
      'The witness sponsor.example/w1 did not cosign the checkpoint of 300 entries, because it is not an extension of the one it cosigned (200 entries).',
      'The witness sponsor.example/w1 cosigned the checkpoint of 301 entries again.',
      'The witness sponsor.example/w1 did not cosign the checkpoint of 300 entries, because it is not an extension of the one it cosigned (200 entries).',
    ])
  })

  it('is each kind of contradiction, and each witness by its key', () => {
    const sentences = recorded(
      contradicted({ contradiction: 'larger-log-seen', witnessSize: 400 }),
      contradicted({ size: 400, witnessSize: 400 }),
      contradicted({ keyId: '0a0b0c0d' }),
      cosigned({ keyId: '0a0b0c0d' }),
    )
    expect(sentences[0]).toContain('because it cosigned a larger one (400 entries)')
    expect(sentences).toHaveLength(4)
  })

  it('is that too few cosigned for too long, once, and the end of it', () => {
    const judge = (metUntil: string, now: string, size: number | null = 300) =>
      ({ type: 'judge-quorum', metUntil, now, size, limitSeconds: 3600 }) as const
    expect(
      recorded(
        judge('2026-11-01T08:00:00Z', '2026-11-01T09:00:00Z'),
        judge('2026-11-01T08:00:00Z', '2026-11-01T09:00:01Z'),
        judge('2026-11-01T08:00:00Z', '2026-11-01T12:00:00Z'),
        judge('2026-11-01T12:30:00Z', '2026-11-01T12:30:05Z', 450),
        judge('2026-11-01T12:30:00Z', '2026-11-01T13:00:00Z'),
      ),
    ).toEqual([
      'Since 2026-11-01T08:00:00Z too few witnesses cosigned the newest checkpoint; 3600 seconds are allowed.',
      'Enough witnesses cosigned the checkpoint of 450 entries, the first since 2026-11-01T08:00:00Z.',
    ])
  })

  it('is whom the operator named, each time that changes, and that nobody is named any more', () => {
    const adopt = (policy: string | null) => ({ type: 'adopt-policy', policy }) as const
    expect(recorded(adopt(null), adopt('quorum a'), adopt('quorum a'), adopt('quorum b'), adopt(null))).toEqual([
      'Other witnesses of the log, or another quorum of them, were named.',
      'Other witnesses of the log, or another quorum of them, were named.',
      'The log has no witnesses any more.',
    ])
  })
})

describe('a witness that fails', () => {
  it('is left alone for twice as long each time, up to an hour, less a part that chance decides', () => {
    const waits = [1, 2, 3, 12, 400].map((failures) => backoffMs(failures, 10_000, 0, 0))
    expect(waits).toEqual([20_000, 40_000, 80_000, 3_600_000, 3_600_000])
    expect(backoffMs(1, 10_000, 0, 0.999_999)).toBeGreaterThan(10_000)
  })

  it('is never asked before the time it named, be it in seconds or a date', () => {
    const now = Date.parse('2026-11-01T08:00:00Z')
    expect(backoffMs(1, 10_000, retryAfterMs('90', now), 0)).toBe(90_000)
    expect(retryAfterMs('Sun, 01 Nov 2026 08:02:00 GMT', now)).toBe(120_000)
    expect(['soon', null, 'Sun, 01 Nov 2026 07:00:00 GMT'].map((header) => retryAfterMs(header, now))).toEqual([
      0, 0, 0,
    ])
  })
})

const vkeys = [41, 42, 43].map((seed) => cosigner(`w${seed}.example`, privateKeyFromSeed(Buffer.alloc(32, seed))))
const policy = parseWitnessPolicy(
  [...vkeys.map(({ vkey }, index) => `witness w${index} ${vkey}`), 'group two 2 w0 w1 w2', 'quorum two'].join('\n'),
)
const kept = (witness: number, size: number, time: number): KeptCosignature => {
  const checkpoint = checkpointOf(sampleLog(size))
  const signature = vkeys[witness]!.cosign(parseNote(checkpoint).text, time)
  return { witness: vkeys[witness]!.vkey, size, checkpoint, signature, time }
}

describe('the checkpoint that is served as cosigned', () => {
  it('is the largest that enough cosigned, with all cosignatures of it', () => {
    const picked = pickCosigned(policy, [kept(0, 9, 50), kept(0, 7, 40), kept(1, 7, 30), kept(2, 7, 20), kept(1, 5, 9)])
    expect(picked).toMatchObject({ size: 7, time: 30 })
    const { text, signatures } = parseNote(picked!.signed)
    const good = policy.witnesses.filter(({ verifier }) =>
      signatures.some(
        ({ keyId, signature }) => keyId === verifier.keyId && verifier.verify(Buffer.from(text), signature),
      ),
    )
    expect(good).toHaveLength(3)
  })

  it('is none while those who cosigned are too few, or not named any more', () => {
    expect(pickCosigned(policy, [kept(0, 9, 50), kept(1, 7, 40)])).toBeNull()
    const others = parseWitnessPolicy(`witness w ${vkeys[2]!.vkey}\nquorum w`)
    expect(pickCosigned(others, [kept(0, 9, 50), kept(1, 9, 40)])).toBeNull()
  })
})

describe('a witness is asked', () => {
  const now = 1_790_000_000_000
  const witness = { name: 'w0', vkey: vkeys[0]!.vkey, verifier: cosignatureVerifier(vkeys[0]!.vkey), url: 'http://w0' }
  const refreshSeconds = 900
  const [seen, newer] = [checkpointOf(sampleLog(5)), checkpointOf(sampleLog(6))]
  const fed = () => new FedWitness(witness, { checkpoint: seen, size: 5, time: now / 1000 })

  it('about what it has not cosigned, and again after a while', () => {
    expect(fed().isDue(seen, now, refreshSeconds)).toBe(false)
    expect(fed().isDue(newer, now, refreshSeconds)).toBe(true)
    expect(fed().isDue(seen, now + 900_000, refreshSeconds)).toBe(true)
  })

  it('one thing at a time, and not while it is to be left alone', () => {
    const asked = fed()
    asked.begin()
    expect(asked.isDue(newer, now, refreshSeconds)).toBe(false)
    asked.end({ kind: 'failed', code: 'answer-429', retryAfterMs: 60_000 }, newer, 6, now, 1000)
    expect(asked.isDue(newer, now + 59_999, refreshSeconds)).toBe(false)
    expect(asked.isDue(newer, now + 60_000, refreshSeconds)).toBe(true)
    expect([asked.knownSize, asked.outcome]).toEqual([5, 'answer-429'])
  })
})
