import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { openNote, parseNote, signNote } from '../../../src/ledger/log/note.js'
import { privateKeyFromSeed } from '../../../src/ledger/log/ed25519.js'
import {
  decodeSignerKey,
  generateSignerKey,
  noteSigner,
  noteSignerFromKey,
  noteVerifier,
} from '../../../src/ledger/log/note-key.js'

/** Keys, text and signatures of golang.org/x/mod/sumdb/note's own test. */
const PETER_VKEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const PETER_SKEY = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz'
const ENOCH_VKEY = 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop'
const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const PETER_LINE =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'
const ENOCH_LINE =
  '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n'

const peter = noteVerifier(PETER_VKEY)
const enoch = noteVerifier(ENOCH_VKEY)
const malformed = expect.objectContaining({ code: 'note-malformed' })
const signatureInvalid = expect.objectContaining({ code: 'note-signature-invalid' })

/** Each string that differs from `text` by a cut at either end or by one raised character. */
function manglings(text: string): string[] {
  const cuts = Array.from(text, (_, at) => [text.slice(at + 1), text.slice(0, at)]).flat()
  const raised = Array.from(
    text,
    (character, at) => text.slice(0, at) + String.fromCharCode(character.charCodeAt(0) + 1) + text.slice(at + 1),
  )
  return [...cuts, ...raised]
}

describe('signed notes', () => {
  it('are signed byte for byte as Go signs them', () => {
    expect(signNote(TEXT, [noteSignerFromKey(PETER_SKEY)])).toBe(`${TEXT}\n${PETER_LINE}`)
  })

  it('verify with any of the known keys', () => {
    const note = `${TEXT}\n${PETER_LINE}${ENOCH_LINE}`
    for (const verifiers of [[peter], [enoch], [peter, enoch]]) expect(openNote(note, verifiers).text).toBe(TEXT)
  })

  it('read the example of the standard, whose text has an empty line', () => {
    const text = 'Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n'
    const line =
      '— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n'
    const note = parseNote(`${text}\n${line}`)
    expect(note.text).toBe(text)
    expect(note.signatures).toMatchObject([{ name: 'quasimodo.example/salvatore', keyId: '367ba04b' }])
  })

  it('ignore the signatures of unknown keys, be they wrong, repeated or of a known name', () => {
    const sameName = PETER_LINE.replace('x08go', 'x08gp')
    const sameId = PETER_LINE.replace('PeterNeumann', 'PeterNeuman')
    const note = `${TEXT}\n${ENOCH_LINE}${ENOCH_LINE}${sameName}${sameId}${PETER_LINE}`
    expect(openNote(note, [peter]).text).toBe(TEXT)
  })

  it('are refused without a known key', () => {
    expect(() => openNote(`${TEXT}\n${PETER_LINE}`, [])).toThrow(signatureInvalid)
    expect(() => openNote(`${TEXT}\n${ENOCH_LINE}`, [peter])).toThrow(signatureInvalid)
  })

  it('are refused as a whole when a known key signed something else, or twice', () => {
    const wrong = PETER_LINE.replace('nAM=', 'nBM=')
    expect(() => openNote(`${TEXT}\n${wrong}${ENOCH_LINE}`, [peter, enoch])).toThrow(signatureInvalid)
    expect(() => openNote(`${TEXT}\n${PETER_LINE}${PETER_LINE}`, [peter])).toThrow(signatureInvalid)
    expect(() => openNote(`${TEXT.replace('know', 'Know')}\n${PETER_LINE}`, [peter])).toThrow(signatureInvalid)
  })

  it.each([
    ['no signature block', TEXT],
    ['an empty signature block', `${TEXT}\n`],
    ['no last newline', `${TEXT}\n${PETER_LINE.trimEnd()}`],
    ['a control character', `\u0001${TEXT}\n${PETER_LINE}`],
    ['a carriage return', `${TEXT.replaceAll('\n', '\r\n')}\r\n${PETER_LINE}`],
    ['a tab', `\t${TEXT}\n${PETER_LINE}`],
    ['a lone surrogate', `\ud800${TEXT}\n${PETER_LINE}`],
    ['a space in a key name', `${TEXT}\n${PETER_LINE.replace('PeterN', 'Peter N')}`],
    ['a no-break space in a key name', `${TEXT}\n${PETER_LINE.replace('PeterN', 'Peter\u00a0N')}`],
    ['a plus in a key name', `${TEXT}\n${PETER_LINE.replace('PeterN', 'Peter+N')}`],
    ['a line after the signatures', `${TEXT}\n${PETER_LINE}Unexpected line.\n`],
    ['a hyphen for the dash', `${TEXT}\n${PETER_LINE.replace('—', '-')}`],
    ['base64 without padding', `${TEXT}\n${PETER_LINE.replace('=', '')}`],
    ['base64 with stray bits', `${TEXT}\n${PETER_LINE.replace('nAM=', 'nAN=')}`],
    ['URL-safe base64', `${TEXT}\n${PETER_LINE.replace('/', '_')}`],
    ['a key ID and nothing else', `${TEXT}\n— PeterNeumann x08gow==\n`],
    ['101 signatures', `${TEXT}\n${PETER_LINE.repeat(101)}`],
    ['over a megabyte', `${'x'.repeat(1_000_000)}\n\n${PETER_LINE}`],
  ])('are malformed with %s', (_, note) => {
    expect(() => openNote(note, [peter])).toThrow(malformed)
  })

  it('are malformed when they are not UTF-8', () => {
    const note = Buffer.concat([Buffer.of(0xff), Buffer.from(`${TEXT}\n${PETER_LINE}`)])
    expect(() => openNote(note, [peter])).toThrow(malformed)
  })

  it('are not made from text that could not be read back', () => {
    for (const text of ['abc', '', 'a\u0000b\n', 'a\rb\n']) {
      expect(() => signNote(text, [noteSignerFromKey(PETER_SKEY)])).toThrow(
        expect.objectContaining({ code: 'note-text-invalid' }),
      )
    }
  })

  it('open as they were signed, and not after any change of a character', () => {
    const signer = noteSigner('example.org/log', privateKeyFromSeed(Buffer.alloc(32, 1)))
    const verifier = noteVerifier(signer.vkey)
    const line = fc.stringMatching(/^[a-zA-Z0-9 é—+]+$/)
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), fc.nat(), (lines, at) => {
        const note = signNote(`${lines.join('\n')}\n`, [signer])
        expect(openNote(note, [verifier]).text).toBe(`${lines.join('\n')}\n`)
        const position = at % note.length
        const changed = note.slice(0, position) + (note[position] === 'a' ? 'b' : 'a') + note.slice(position + 1)
        expect(() => openNote(changed, [verifier])).toThrow()
      }),
    )
  })
})

describe('key encodings', () => {
  it('are read as Go writes them', () => {
    expect(peter).toMatchObject({ name: 'PeterNeumann', keyId: 'c74f20a3' })
    expect(noteSignerFromKey(PETER_SKEY)).toMatchObject({ keyId: 'c74f20a3', vkey: PETER_VKEY })
  })

  it('of verifiers are refused in any mangled form', () => {
    const wrong = expect.objectContaining({ code: 'vkey-malformed' })
    for (const mangled of manglings(PETER_VKEY)) expect(() => noteVerifier(mangled)).toThrow(wrong)
    for (const [vkey] of [
      ['PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=='],
      ['PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
      [PETER_VKEY.replace('c74f20a3', 'C74F20A3')],
    ] as const) {
      expect(() => noteVerifier(vkey)).toThrow(wrong)
    }
  })

  it('of signers are refused in any mangled form, without repeating the secret', () => {
    for (const mangled of manglings(PETER_SKEY)) {
      expect(() => decodeSignerKey(mangled)).toThrow(
        expect.objectContaining({ code: 'signer-key-malformed', message: 'The signer key is malformed.' }),
      )
    }
  })

  it('of a generated signer lead to the verifier of its notes', () => {
    const signer = noteSignerFromKey(generateSignerKey('EnochRoot'))
    expect(openNote(signNote(TEXT, [signer]), [noteVerifier(signer.vkey)]).text).toBe(TEXT)
  })
})
