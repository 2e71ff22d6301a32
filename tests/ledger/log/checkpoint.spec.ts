import { describe, expect, it } from '@jest/globals'
import { openCheckpoint, parseCheckpoint, signCheckpoint } from '../../../src/ledger/log/checkpoint.js'
import { cosignatureTime, cosignatureVerifier, cosigner } from '../../../src/ledger/log/cosignature.js'
import { privateKeyFromSeed } from '../../../src/ledger/log/ed25519.js'
import { leafHash } from '../../../src/ledger/log/hash.js'
import { formatSignatureLine, openNote, parseNote, parseSignatureLine, signNote } from '../../../src/ledger/log/note.js'
import { noteSigner, noteVerifier } from '../../../src/ledger/log/note-key.js'
import { ORIGIN, signer } from './support/sample-log.js'

const verifier = noteVerifier(signer.vkey)
const root = leafHash('only')
const signed = signCheckpoint({ origin: ORIGIN, size: 1, root }, signer)

/** The example of C2SP tlog-checkpoint and tlog-cosignature. */
const EXAMPLE_TEXT = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'
const EXAMPLE_LOG_LINE =
  '— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8='
const EXAMPLE_WITNESS_LINE =
  '— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA=='

describe('checkpoints', () => {
  it('are origin, size and root, signed', () => {
    expect(signed.split('\n\n')[0]).toBe(`${ORIGIN}\n1\n${root.toString('base64')}`)
    expect(openCheckpoint(signed, [verifier])).toMatchObject({ origin: ORIGIN, size: 1, root, extensions: [] })
  })

  it('are read as the standard shows them', () => {
    const checkpoint = parseCheckpoint(`${EXAMPLE_TEXT}\n${EXAMPLE_LOG_LINE}\n${EXAMPLE_WITNESS_LINE}\n`)
    expect(checkpoint).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163 })
    expect(checkpoint.note.signatures.map(({ name }) => name)).toEqual([
      'example.com/behind-the-sofa',
      'witness.example.com/w1',
    ])
  })

  it('may carry extension lines, which are kept', () => {
    const note = signNote(`${ORIGIN}\n1\n${root.toString('base64')}\nmore\n`, [signer])
    expect(openCheckpoint(note, [verifier]).extensions).toEqual(['more'])
  })

  it.each([
    ['no origin', `\n1\n${root.toString('base64')}\n`],
    ['no root', `${ORIGIN}\n1\n`],
    ['a leading zero', `${ORIGIN}\n01\n${root.toString('base64')}\n`],
    ['a sign', `${ORIGIN}\n+1\n${root.toString('base64')}\n`],
    ['a negative size', `${ORIGIN}\n-1\n${root.toString('base64')}\n`],
    ['a size beyond 2^53', `${ORIGIN}\n9007199254740993\n${root.toString('base64')}\n`],
    ['a short root', `${ORIGIN}\n1\n${root.subarray(1).toString('base64')}\n`],
    ['a root without padding', `${ORIGIN}\n1\n${root.toString('base64').replace('=', '')}\n`],
    ['an empty extension line', `${ORIGIN}\n1\n${root.toString('base64')}\n\nmore\n`],
  ])('are malformed with %s', (_, text) => {
    expect(() => openCheckpoint(signNote(text, [signer]), [verifier])).toThrow(
      expect.objectContaining({ code: 'checkpoint-malformed' }),
    )
  })

  it('are malformed when they are no note', () => {
    expect(() => parseCheckpoint('<html>')).toThrow(expect.objectContaining({ code: 'checkpoint-malformed' }))
  })

  it('are refused with a signature that is not by the pinned key', () => {
    const other = noteSigner(ORIGIN, privateKeyFromSeed(Buffer.alloc(32, 8)))
    const invalid = expect.objectContaining({ code: 'checkpoint-signature-invalid' })
    expect(() => openCheckpoint(signed, [noteVerifier(other.vkey)])).toThrow(invalid)
    expect(() => openCheckpoint(signed.replace('\n1\n', '\n2\n'), [verifier])).toThrow(invalid)
  })

  it('are not opened by a witness alone', () => {
    const witness = cosigner('witness.example.org', privateKeyFromSeed(Buffer.alloc(32, 3)))
    const { text } = parseNote(signed)
    const onlyWitness = `${text}\n${formatSignatureLine(witness.cosign(text, 1_679_315_147))}\n`
    expect(() => openCheckpoint(onlyWitness, [verifier, cosignatureVerifier(witness.vkey)])).toThrow(
      expect.objectContaining({ code: 'checkpoint-signature-invalid' }),
    )
  })

  it('are refused for another origin than the pinned one', () => {
    expect(() => openCheckpoint(signed, [verifier], 'log.example.org/other')).toThrow(
      expect.objectContaining({ code: 'checkpoint-origin-mismatch' }),
    )
  })

  it.each(['https://log.example.org', 'log.example.org/', 'log example', 'log+example', ''])(
    'are not signed for the origin "%s"',
    (origin) => {
      expect(() => signCheckpoint({ origin, size: 1, root }, { ...signer, name: origin })).toThrow(
        expect.objectContaining({ code: 'origin-invalid' }),
      )
    },
  )

  it('are not signed by a key of another name', () => {
    expect(() => signCheckpoint({ origin: 'log.example.org/other', size: 1, root }, signer)).toThrow(
      expect.objectContaining({ code: 'origin-invalid' }),
    )
  })
})

describe('cosignatures', () => {
  const witness = cosigner('witness.example.org/w1', privateKeyFromSeed(Buffer.alloc(32, 3)))
  const { text } = parseNote(signed)
  const cosigned = signed + formatSignatureLine(witness.cosign(text, 1_679_315_147)) + '\n'
  const witnessVerifier = cosignatureVerifier(witness.vkey)

  it('stand beside the signature of the log and verify with it', () => {
    expect(openCheckpoint(cosigned, [verifier, witnessVerifier]).note.signatures).toHaveLength(2)
    expect(openNote(cosigned, [witnessVerifier]).text).toBe(text)
  })

  it('say when they were made', () => {
    const [, signature] = parseNote(cosigned).signatures
    expect(cosignatureTime(signature!)).toBe(1_679_315_147)
    expect(cosignatureTime(parseSignatureLine(EXAMPLE_WITNESS_LINE))).toBe(1_679_315_147)
  })

  it('have a key ID of their own type', () => {
    const asLog = noteSigner(witness.name, privateKeyFromSeed(Buffer.alloc(32, 3)))
    expect(asLog.keyId).not.toBe(witness.keyId)
    expect(() => cosignatureVerifier(asLog.vkey)).toThrow(expect.objectContaining({ code: 'vkey-malformed' }))
    expect(() => noteVerifier(witness.vkey)).toThrow(expect.objectContaining({ code: 'vkey-malformed' }))
  })

  it('cover the time and the text', () => {
    const { name, keyId, signature } = witness.cosign(text, 1_679_315_147)
    const later = Buffer.from(signature)
    later.writeBigUInt64BE(1_679_315_148n)
    for (const [body, changed] of [
      [text, later],
      [text.replace('\n1\n', '\n2\n'), signature],
      [text, signature.subarray(0, 71)],
    ] as const) {
      const note = `${body}\n${formatSignatureLine({ name, keyId, signature: changed })}\n`
      expect(() => openNote(note, [witnessVerifier])).toThrow(
        expect.objectContaining({ code: 'note-signature-invalid' }),
      )
    }
  })
})
