import { describe, expect, it } from '@jest/globals'
import type { TwinLedgerError } from '../../src/platform/errors.js'
import type { EventMetadata } from '../../src/journal/decider.js'
import type { SignerEvent } from '../../src/signatures/events.js'
import { signerDecider, signerStream, type SignerCommand } from '../../src/signatures/signer.js'

const RULES = { allComponents: ['two'], oneComponent: ['one', 'two'], maxAgeSeconds: 120, idleSeconds: 900 }
const decider = signerDecider(RULES)

/** Minutes after nine. */
const at = (minutes: number): string => new Date(Date.UTC(2026, 10, 20, 9, 0) + minutes * 60_000).toISOString()

type Happened = [minutes: number, event: SignerEvent]
const SIGNER = '0b5c7a52-94c1-8d3e-b0f1-2f6f0c9a1d11'

function given(history: readonly Happened[]) {
  return history.reduce((state, [minutes, event], position) => {
    const metadata = { recordedAt: at(minutes), position, stream: signerStream(SIGNER) } as EventMetadata
    return decider.evolve(state, event, metadata)
  }, decider.initial)
}

/** The events a command leads to, or the code it is refused with. */
function outcome(history: readonly Happened[], command: SignerCommand) {
  try {
    return decider.decide(given(history), command)
  } catch (error) {
    return (error as TwinLedgerError).code
  }
}

const attested: Happened = [
  0,
  {
    type: 'signer.attested',
    data: { printedName: 'A', statement: 's/1', tokenId: 'attestation-token', acr: 'two', authenticatedAt: at(0) },
  },
]
const opened = (minutes: number, request: string): Happened => [
  minutes,
  {
    type: 'signer.signing-opened',
    data: { request, stream: 'run-x', revision: 1, meaning: 'review', components: 'all', expiresAt: at(minutes + 10) },
  },
]
const signed = (minutes: number, request: string, tokenId: string): Happened => [
  minutes,
  {
    type: 'signer.signed',
    data: { request, signature: `of ${request}`, tokenId, acr: 'two', authenticatedAt: at(minutes), components: 'all' },
  },
]
const open = (minutes: number): SignerCommand => ({
  do: 'open',
  request: 'r9',
  stream: 'run-x',
  revision: 1,
  meaning: 'review',
  now: at(minutes),
})
const sign = (
  minutes: number,
  request: string,
  stepUp: { acr: string; at?: string; tokenId?: string; nonce?: string },
) => {
  const { acr, at: authenticatedAt = at(minutes), tokenId = 'fresh', nonce } = stepUp
  const shown = { acr, authenticatedAt, tokenId, ...(nonce !== undefined && { nonce }) }
  return { do: 'sign', request, signature: 's', stepUp: shown, now: at(minutes) } as const
}

describe('a signer', () => {
  // proves TL-SIG-002
  it('signs nothing before declaring that signatures bind them', () => {
    expect(outcome([], open(1))).toBe('signer-not-attested')
    expect(outcome([], sign(1, 'r1', { acr: 'two' }))).toBe('signer-not-attested')
  })

  it('declares it with all components, fresh and never used before', () => {
    const attest = (acr: string, authenticatedAt: string, tokenId = 't1'): SignerCommand => ({
      do: 'attest',
      printedName: 'A',
      stepUp: { acr, authenticatedAt, tokenId },
      now: at(5),
    })
    expect(outcome([], attest('one', at(5)))).toBe('step-up-insufficient')
    expect(outcome([], attest('two', at(0)))).toBe('step-up-expired')
    expect(outcome([attested], attest('two', at(5), 'attestation-token'))).toBe('step-up-replayed')
    expect(outcome([], attest('two', at(5)))).toMatchObject([{ type: 'signer.attested', data: { printedName: 'A' } }])
  })
})

describe('the components of a signature (21 CFR 11.200(a)(1))', () => {
  const componentsAfter = (history: readonly Happened[], minutes: number) => {
    const events = outcome(history, open(minutes)) as SignerEvent[]
    return (events[0]!.data as { components: string }).components
  }

  // proves TL-SIG-002
  it('are all at the first signing, one later in the same session, and all again after the idle time', () => {
    const series = [attested, opened(1, 'r1'), signed(2, 'r1', 't1')]
    expect(componentsAfter([attested], 1)).toBe('all')
    expect(componentsAfter(series, 3)).toBe('one')
    expect(componentsAfter(series, 17)).toBe('one')
    expect(componentsAfter(series, 17.1)).toBe('all')
  })

  it('are judged when the signature is made, not when it was opened', () => {
    const series = [attested, opened(1, 'r1'), signed(2, 'r1', 't1'), opened(16, 'r2')]
    expect(outcome(series, sign(17, 'r2', { acr: 'one' }))).toMatchObject([{ data: { components: 'one' } }])
    expect(outcome(series, sign(18, 'r2', { acr: 'one' }))).toBe('step-up-insufficient')
  })

  it('are not one before the first signature', () => {
    expect(outcome([attested, opened(1, 'r1')], sign(2, 'r1', { acr: 'one' }))).toBe('step-up-insufficient')
  })
})

describe('an authentication', () => {
  const waiting = [attested, opened(1, 'r1')]

  it('signs what it was asked for', () => {
    expect(outcome(waiting, sign(2, 'r1', { acr: 'two', nonce: 'r1' }))).toMatchObject([
      { type: 'signer.signed', data: { request: 'r1', tokenId: 'fresh', components: 'all' } },
    ])
  })

  it('from before the signing was opened is for something else', () => {
    expect(outcome(waiting, sign(2, 'r1', { acr: 'two', at: at(0.9) }))).toBe('step-up-not-for-this-signing')
  })

  it('that names another signing is for that one', () => {
    expect(outcome(waiting, sign(2, 'r1', { acr: 'two', nonce: 'r2' }))).toBe('step-up-not-for-this-signing')
  })

  it('holds for two minutes', () => {
    const late = sign(4, 'r1', { acr: 'two', at: at(1.5) })
    expect(outcome(waiting, late)).toBe('step-up-expired')
  })

  it('is used once, also for another signing', () => {
    const again = [...waiting, signed(2, 'r1', 't1'), opened(2, 'r2')]
    expect(outcome(again, sign(2, 'r2', { acr: 'two', tokenId: 't1' }))).toBe('step-up-replayed')
  })
})

describe('a signing that was opened', () => {
  it('gives way to the next', () => {
    expect(outcome([attested, opened(1, 'r1'), opened(2, 'r2')], sign(3, 'r1', { acr: 'two' }))).toBe(
      'signing-request-not-found',
    )
  })

  it('is open for ten minutes', () => {
    expect(outcome([attested, opened(1, 'r1')], sign(11.1, 'r1', { acr: 'two' }))).toBe('signing-request-expired')
  })

  it('leads to one signature', () => {
    const done = [attested, opened(1, 'r1'), signed(2, 'r1', 't1')]
    expect(outcome(done, sign(3, 'r1', { acr: 'two' }))).toBe('signing-request-used')
  })

  it('cannot be opened where no authentication is enough', () => {
    const closed = signerDecider({ ...RULES, allComponents: [], oneComponent: [] })
    expect(() => closed.decide(given([attested]), open(1))).toThrow(
      expect.objectContaining({ code: 'signing-not-configured' }),
    )
  })
})
