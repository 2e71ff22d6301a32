import { describe, expect, it } from '@jest/globals'
import { parseCheckpoint } from '../../../src/ledger/log/checkpoint.js'
import { cosignedCheckpoint } from '../../../src/ledger/log/cosigned-checkpoint.js'
import { withCosignatures } from '../../../src/ledger/log/cosigned.js'
import { type Cosigner, cosigner } from '../../../src/ledger/log/cosignature.js'
import { privateKeyFromSeed } from '../../../src/ledger/log/ed25519.js'
import { resourceLogSource } from '../../../src/ledger/log/resource-log-source.js'
import { verifyLog } from '../../../src/ledger/log/verify-log.js'
import { thresholdPolicy } from '../../../src/ledger/log/witness-policy.js'
import { forkedLog } from '../witness/support/sample-request.js'
import { checkpointOf, type Resources, sampleLog, signer } from './support/sample-log.js'

const NOW = 1_790_000_000
const HOUR = 3600
const [w1, w2, w3, stranger] = [61, 62, 63, 64].map((seed) =>
  cosigner(`w${seed}.example`, privateKeyFromSeed(Buffer.alloc(32, seed))),
) as [Cosigner, Cosigner, Cosigner, Cosigner]
const policy = thresholdPolicy([w1.vkey, w2.vkey, w3.vkey], 2)

type Cosigned = readonly (readonly [Cosigner, number])[]

/** The checkpoint of a log, cosigned so many hours ago. */
function cosigned(log: Resources, by: Cosigned): string {
  const signed = checkpointOf(log)
  const { text } = parseCheckpoint(signed).note
  return withCosignatures(
    signed,
    by.map(([witness, hoursAgo]) => witness.cosign(text, NOW - hoursAgo * HOUR)),
  )
}

/** A log that serves these beside its tiles. */
function published(log: Resources, newest: string, kept?: string) {
  const resources = new Map(log).set('checkpoint', Buffer.from(newest))
  if (kept !== undefined) resources.set('cosigned-checkpoint', Buffer.from(kept))
  return resourceLogSource(async (path) => {
    const bytes = resources.get(path)
    return bytes ? Buffer.from(bytes) : null
  })
}

const demand = (newest: string, kept?: string) =>
  cosignedCheckpoint(published(sampleLog(300), newest, kept), {
    vkey: signer.vkey,
    policy,
    maxAgeSeconds: 24 * HOUR,
    now: NOW,
  })
const bare = cosigned(sampleLog(300), [])

// proves TL-LOG-005
describe('a verifier that demands two of three witnesses', () => {
  it('takes the newest checkpoint where they cosigned it', async () => {
    const newest = cosigned(sampleLog(300), [
      [w1, 1],
      [stranger, 0],
      [w3, 2],
    ])
    expect(await demand(newest)).toMatchObject({ checkpoint: { size: 300 }, time: NOW - 2 * HOUR })
  })

  it('takes an earlier one that they cosigned, where they have not cosigned the newest yet', async () => {
    const newest = cosigned(sampleLog(300), [[w1, 0]])
    const kept = cosigned(sampleLog(200), [
      [w1, 1],
      [w2, 1],
    ])
    expect(await demand(newest, kept)).toMatchObject({ signed: kept, checkpoint: { size: 200 } })
  })

  it.each<[string, string | undefined]>([
    ['nobody', undefined],
    ['one of them', cosigned(sampleLog(200), [[w2, 1]])],
    [
      'one of them and a stranger',
      cosigned(sampleLog(200), [
        [w2, 1],
        [stranger, 1],
      ]),
    ],
  ])('misses them when %s cosigned', async (_who, kept) => {
    await expect(demand(bare, kept)).rejects.toMatchObject({ code: 'cosignature-missing' })
  })

  it('tells who did cosign when others are missing', async () => {
    await expect(demand(cosigned(sampleLog(300), [[w2, 1]]))).rejects.toMatchObject({
      details: { size: 300, cosignedBy: [w2.name] },
    })
  })

  it('is not content with what they said long ago, be one of them later or not', async () => {
    await expect(
      demand(
        bare,
        cosigned(sampleLog(200), [
          [w1, 25],
          [w2, 1],
        ]),
      ),
    ).rejects.toMatchObject({
      code: 'cosignature-stale',
      details: { cosignedAt: new Date((NOW - 25 * HOUR) * 1000).toISOString() },
    })
    await expect(
      demand(
        bare,
        cosigned(sampleLog(200), [
          [w1, 25],
          [w2, 1],
          [w3, 2],
        ]),
      ),
    ).resolves.toBeDefined()
  })

  it('takes no cosignature over another checkpoint, nor one twice', async () => {
    const other = parseCheckpoint(checkpointOf(sampleLog(299))).note.text
    const transplanted = withCosignatures(checkpointOf(sampleLog(300)), [w1.cosign(other, NOW), w2.cosign(other, NOW)])
    await expect(demand(transplanted)).rejects.toMatchObject({ code: 'cosignature-invalid' })
    await expect(
      demand(
        cosigned(sampleLog(300), [
          [w1, 1],
          [w1, 2],
          [w2, 1],
        ]),
      ),
    ).rejects.toMatchObject({
      code: 'cosignature-invalid',
    })
  })

  it('finds that the log it is shown is not the one they cosigned', async () => {
    const kept = cosigned(sampleLog(200), [
      [w1, 1],
      [w2, 1],
    ])
    const shown = published(forkedLog(300), checkpointOf(forkedLog(300)), kept)
    const options = { vkey: signer.vkey, policy, maxAgeSeconds: HOUR, now: NOW }
    const { signed } = await cosignedCheckpoint(shown, options)
    await expect(verifyLog(shown, { vkey: signer.vkey, cosigned: signed })).rejects.toMatchObject({
      code: 'log-forked',
    })
    const honest = published(sampleLog(300), bare, kept)
    await expect(verifyLog(honest, { vkey: signer.vkey, cosigned: signed })).resolves.toMatchObject({ entries: 300 })
    const cut = published(sampleLog(150), checkpointOf(sampleLog(150)), kept)
    await expect(verifyLog(cut, { vkey: signer.vkey, cosigned: signed })).rejects.toMatchObject({
      code: 'log-rolled-back',
    })
  })
})
