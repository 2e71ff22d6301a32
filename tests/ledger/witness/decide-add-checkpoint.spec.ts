import { beforeAll, describe, expect, it } from '@jest/globals'
import { encodeAddCheckpoint, parseAddCheckpoint } from '../../../src/ledger/log/add-checkpoint.js'
import { checkpointText, parseCheckpoint, signCheckpoint } from '../../../src/ledger/log/checkpoint.js'
import { cosignatureTime } from '../../../src/ledger/log/cosignature.js'
import { privateKeyFromSeed } from '../../../src/ledger/log/ed25519.js'
import { EMPTY_ROOT, leafHash } from '../../../src/ledger/log/hash.js'
import { parseSignatureLine, signNote } from '../../../src/ledger/log/note.js'
import { noteSigner, noteVerifier } from '../../../src/ledger/log/note-key.js'
import { decideAddCheckpoint, type KnownLog } from '../../../src/ledger/witness/decide-add-checkpoint.js'
import { checkpointOf, ORIGIN, sampleLog, signer } from '../log/support/sample-log.js'
import { forkedLog, proofBetween, requestFor } from './support/sample-request.js'

const keys = [noteVerifier(signer.vkey)]
const stranger = noteSigner(ORIGIN, privateKeyFromSeed(Buffer.alloc(32, 9)))

const neverSeen: KnownLog = { keys, latest: null }
const cosigned = (size: number): KnownLog => ({ keys, latest: parseCheckpoint(checkpointOf(sampleLog(size))) })
const decide = (request: string, log?: KnownLog) => decideAddCheckpoint(parseAddCheckpoint(request), log)

/** The example of C2SP tlog-witness, "add-checkpoint". */
const SPECIFIED = `old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
`

describe('an add-checkpoint request', () => {
  it('is read and written as the standard has it', () => {
    const { oldSize, proof, checkpoint } = parseAddCheckpoint(SPECIFIED)
    expect([oldSize, proof.length, checkpoint.size, checkpoint.note.signatures.length]).toEqual([
      20852014, 4, 20852163, 2,
    ])
    const signed = SPECIFIED.slice(SPECIFIED.indexOf('\n\n') + 2)
    expect(encodeAddCheckpoint({ oldSize, proof, checkpoint: signed })).toBe(SPECIFIED)
  })

  it('is answered with cosignatures whose time is read as the standard has it', () => {
    // The example of C2SP tlog-cosignature, made at 1679315147.
    const line =
      '— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA=='
    expect(cosignatureTime(parseSignatureLine(line))).toBe(1_679_315_147)
  })

  const proofLine = `${Buffer.alloc(32).toString('base64')}\n`
  it.each([
    ['nothing', ''],
    ['no empty line', 'old 0\n'],
    ['no old size', `\n\n${checkpointOf(sampleLog(3))}`],
    ['an old size with a leading zero', `old 01\n\n${checkpointOf(sampleLog(3))}`],
    ['a negative old size', `old -1\n\n${checkpointOf(sampleLog(3))}`],
    ['64 proof lines', `old 1\n${proofLine.repeat(64)}\n${checkpointOf(sampleLog(3))}`],
    ['a hash of 31 bytes', `old 1\n${Buffer.alloc(31).toString('base64')}\n\n${checkpointOf(sampleLog(3))}`],
    ['a checkpoint without a signature', `old 0\n\n${checkpointText(parseCheckpoint(checkpointOf(sampleLog(3))))}`],
  ])('is malformed with %s', (_what, body) => {
    expect(() => parseAddCheckpoint(body)).toThrow(expect.objectContaining({ code: 'add-checkpoint-malformed' }))
  })
})

// proves TL-LOG-005
describe('a witness decides', () => {
  let grown: string
  beforeAll(async () => {
    grown = await requestFor(sampleLog(300), 100)
  })

  it('to cosign the first checkpoint of a log it knows', async () => {
    expect(decide(await requestFor(sampleLog(100), 0), neverSeen)).toMatchObject({ kind: 'cosign' })
  })

  it('to cosign one that extends what it cosigned', () => {
    expect(decide(grown, cosigned(100))).toMatchObject({ kind: 'cosign', checkpoint: { size: 300 } })
  })

  it('to cosign the same again, which says that nothing was added until now', async () => {
    expect(decide(await requestFor(sampleLog(100), 100), cosigned(100))).toMatchObject({ kind: 'cosign' })
  })

  it('that it does not know the log', () => {
    expect(decide(grown)).toMatchObject({ kind: 'refuse', status: 404 })
  })

  it.each([
    ['a stranger alone signed', signNote(textOf(300), [stranger])],
    ['the signature is that of another checkpoint', withSignatureOf(checkpointOf(sampleLog(299)))],
    ['one of two signatures of the key is wrong', `${checkpointOf(sampleLog(300))}${lastLine(299)}`],
  ])('to refuse what the log did not sign: %s', async (_what, checkpoint) => {
    const request = encodeAddCheckpoint({
      oldSize: 100,
      proof: await proofBetween(sampleLog(300), 100),
      checkpoint,
    })
    expect(decide(request, cosigned(100))).toMatchObject({ kind: 'refuse', status: 403 })
  })

  it('to take a checkpoint that strangers signed as well', async () => {
    const request = encodeAddCheckpoint({
      oldSize: 100,
      proof: await proofBetween(sampleLog(300), 100),
      checkpoint: signNote(textOf(300), [stranger, signer]),
    })
    expect(decide(request, cosigned(100))).toMatchObject({ kind: 'cosign' })
  })

  it('to refuse an old size above the checkpoint, before it tells what it knows', () => {
    const request = encodeAddCheckpoint({ oldSize: 101, proof: [], checkpoint: checkpointOf(sampleLog(100)) })
    expect(decide(request, cosigned(300))).toMatchObject({ kind: 'refuse', status: 400 })
  })

  it.each([
    ['a log that forgot', 0, cosigned(100), 100],
    ['a log rolled back', 50, cosigned(100), 100],
    ['a log it never saw', 100, neverSeen, 0],
  ])('to tell its size to %s', async (_who, oldSize, log, size) => {
    expect(decide(await requestFor(sampleLog(300), oldSize), log)).toEqual({ kind: 'conflict', size })
  })

  it('that the log forked, when it signed another tree of the size that was cosigned', async () => {
    const other = decide(await requestFor(forkedLog(100), 100), cosigned(100))
    expect(other).toMatchObject({ kind: 'contradiction', contradiction: 'fork', checkpoint: { size: 100 } })
  })

  it('that another history is not proven to extend what it cosigned', async () => {
    const larger = decide(await requestFor(forkedLog(300), 100), cosigned(100))
    expect(larger).toMatchObject({ kind: 'contradiction', contradiction: 'unproven', checkpoint: { size: 300 } })
  })

  it.each([
    ['a proof left out', async () => []],
    ['a proof with a hash too many', async () => [...(await proofBetween(sampleLog(300), 100)), leafHash('more')]],
    ['the proof of another size', () => proofBetween(sampleLog(300), 99)],
  ])('not to cosign on %s', async (_what, proof) => {
    const request = encodeAddCheckpoint({
      oldSize: 100,
      proof: await proof(),
      checkpoint: checkpointOf(sampleLog(300)),
    })
    expect(decide(request, cosigned(100))).toMatchObject({ kind: 'contradiction', contradiction: 'unproven' })
  })

  it('not to cosign a proof where none is due, which says nothing against the log', async () => {
    const proof = [leafHash('needless')]
    const first = encodeAddCheckpoint({ oldSize: 0, proof, checkpoint: checkpointOf(sampleLog(100)) })
    const same = encodeAddCheckpoint({ oldSize: 100, proof, checkpoint: checkpointOf(sampleLog(100)) })
    expect(decide(first, neverSeen)).toMatchObject({ kind: 'refuse', status: 422 })
    expect(decide(same, cosigned(100))).toMatchObject({ kind: 'refuse', status: 422 })
  })

  it('that an empty tree has the root of an empty tree', () => {
    const empty = (root: Buffer) =>
      encodeAddCheckpoint({
        oldSize: 0,
        proof: [],
        checkpoint: signCheckpoint({ origin: ORIGIN, size: 0, root }, signer),
      })
    expect(decide(empty(EMPTY_ROOT), neverSeen)).toMatchObject({ kind: 'cosign' })
    const other = decide(empty(leafHash('something')), neverSeen)
    expect(other).toMatchObject({ kind: 'contradiction', contradiction: 'fork' })
  })
})

function textOf(size: number): string {
  return parseCheckpoint(checkpointOf(sampleLog(size))).note.text
}

function lastLine(size: number): string {
  return checkpointOf(sampleLog(size)).split('\n\n')[1]!
}

function withSignatureOf(other: string): string {
  return `${textOf(300)}\n${other.split('\n\n')[1]}`
}
