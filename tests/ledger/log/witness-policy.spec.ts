import { describe, expect, it } from '@jest/globals'
import { cosigner } from '../../../src/ledger/log/cosignature.js'
import { privateKeyFromSeed } from '../../../src/ledger/log/ed25519.js'
import {
  formatWitnessPolicy,
  parseWitnessPolicy,
  quorumTime,
  thresholdPolicy,
  type WitnessPolicy,
} from '../../../src/ledger/log/witness-policy.js'
import { signer } from './support/sample-log.js'

const vkeyOf = (seed: number, name = `w${seed}.example`) =>
  cosigner(name, privateKeyFromSeed(Buffer.alloc(32, seed))).vkey

/** The example of C2SP tlog-policy, with keys, addresses and the white space it allows. */
const SPECIFIED = `
  # two organisations
log ${signer.vkey} https://log.example.org
witness X1 ${vkeyOf(1)} https://x1.example
witness X2 ${vkeyOf(2)}
\twitness  X3   ${vkeyOf(3)}\t
group X-witnesses 2 X1 X2 X3

witness Y1 ${vkeyOf(4)}
witness Y2 ${vkeyOf(5)}
witness Y3 ${vkeyOf(6)}
group Y-witnesses any Y1 Y2 Y3

group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
`

/** The quorum's time when witnesses cosigned at these times. */
function timeWith({ quorum }: WitnessPolicy, times: Record<string, number | undefined>): number {
  return quorumTime(quorum, ({ name }) => times[name])
}

describe('a witness policy', () => {
  const policy = parseWitnessPolicy(SPECIFIED)

  it('is read as the standard has it', () => {
    expect(policy.logs).toEqual([signer.vkey])
    expect(policy.witnesses.map(({ name, url }) => [name, url])).toEqual([
      ['X1', 'https://x1.example'],
      ...['X2', 'X3', 'Y1', 'Y2', 'Y3'].map((name) => [name, undefined]),
    ])
  })

  it.each([
    [{ X1: 5, X2: 5, Y3: 5 }, true],
    [{ X1: 5, Y1: 5, Y2: 5, Y3: 5 }, false],
    [{ X1: 5, X2: 5, X3: 5 }, false],
    [{}, false],
  ])('by its groups is met by %j: %s', (times, met) => {
    expect(timeWith(policy, times) > -Infinity).toBe(met)
  })

  it('was met until the time at which the last one needed cosigned', () => {
    expect(timeWith(policy, { X1: 10, X2: 30, X3: 20, Y1: 25, Y2: 15 })).toBe(20)
    expect(timeWith(policy, { X1: 10, X2: 30, X3: 20, Y2: 15 })).toBe(15)
  })

  it('that asks for none is always met', () => {
    expect(timeWith(parseWitnessPolicy('quorum none'), {})).toBe(Infinity)
  })

  it('is written without addresses, and means the same', () => {
    const written = formatWitnessPolicy(policy)
    expect(written).not.toContain('https://')
    const again = parseWitnessPolicy(written)
    expect(formatWitnessPolicy(again)).toBe(written)
    for (const times of [
      { X1: 1, X2: 2, Y1: 3 },
      { X1: 1, Y1: 3 },
      { X3: 9, X2: 4, Y2: 6, Y1: 5 },
    ])
      expect(timeWith(again, times)).toBe(timeWith(policy, times))
  })

  it('may be so many of some keys', () => {
    const two = thresholdPolicy([vkeyOf(1), vkeyOf(2), vkeyOf(3)], 2)
    const timeOf = (known: Record<string, number>) => quorumTime(two.quorum, ({ vkey }) => known[vkey])
    expect(timeOf({ [vkeyOf(1)]: 7, [vkeyOf(3)]: 8 })).toBe(7)
    expect(timeOf({ [vkeyOf(1)]: 7 })).toBe(-Infinity)
    expect(() => thresholdPolicy([vkeyOf(1)], 2)).toThrow(expect.objectContaining({ code: 'witness-policy-malformed' }))
  })

  it.each([
    ['without a quorum', `witness a ${vkeyOf(1)}`, undefined],
    ['with two', 'quorum none\nquorum none', 2],
    ['with an unknown word', 'trust me\nquorum none', 1],
    ['with a witness without a key', 'witness a\nquorum a', 1],
    ['with a key that signs checkpoints as a witness', `witness a ${signer.vkey}\nquorum a`, 1],
    ['with a witness key as a log', `log ${vkeyOf(1)}\nquorum none`, 1],
    ['with one key under two names', `witness a ${vkeyOf(1)}\nwitness b ${vkeyOf(1, 'other.example')}\nquorum a`, 2],
    ['with a name given twice', `witness a ${vkeyOf(1)}\nwitness a ${vkeyOf(2)}\nquorum a`, 2],
    ['with a witness named none', `witness none ${vkeyOf(1)}\nquorum none`, 1],
    ['with a group of none', 'group g 1 none\nquorum g', 1],
    ['with a name that comes later', `group g any a\nwitness a ${vkeyOf(1)}\nquorum g`, 1],
    ['with a member of two groups', `witness a ${vkeyOf(1)}\ngroup g any a\ngroup h any a\nquorum h`, 3],
    ['with an empty group', 'group g any\nquorum g', 1],
    ['with more asked for than there are', `witness a ${vkeyOf(1)}\ngroup g 2 a\nquorum g`, 2],
    ['with none asked for of a group', `witness a ${vkeyOf(1)}\ngroup g 0 a\nquorum g`, 2],
    ['with a carriage return', 'quorum none\r', 1],
  ])('is refused %s', (_what, text, line) => {
    const details = line === undefined ? {} : { line }
    expect(() => parseWitnessPolicy(text)).toThrow(
      expect.objectContaining({ code: 'witness-policy-malformed', details }),
    )
  })
})
