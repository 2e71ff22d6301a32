/** Pure: a person as signer: whether they declared what 21 CFR 11.10(j) asks for, what they set out to sign, how they authenticated. */
import type { Decider } from '../journal/decider.js'
import type { SigningConfiguration } from '../platform/configuration.js'
import { Conflict, Forbidden, NotFound } from '../platform/errors.js'
import type { SignerEvent } from './events.js'
import { ATTESTATION, type SignatureMeaning } from './meanings.js'
import { acrValues, assertStepUp, type Components, type StepUp } from './step-up.js'

/** How long a person has from saying what they sign to signing it. */
const OPEN_MS = 10 * 60_000

export interface OpenSigning {
  request: string
  stream: string
  revision: number
  meaning: SignatureMeaning
  components: Components
  openedAt: string
  expiresAt: string
}

export interface SignerState {
  /** Position of the declaration in force. */
  attestation: number | null
  /** One at a time: a new one takes the place of the one before, so an authentication is for one signing only. */
  open: OpenSigning | null
  lastSignedAt: string | null
  usedTokens: ReadonlySet<string>
  /** Request → the signature that came of it. */
  done: ReadonlyMap<string, string>
}

export type SignerCommand =
  | { do: 'attest'; printedName: string; stepUp: StepUp; now: string }
  | { do: 'open'; request: string; stream: string; revision: number; meaning: SignatureMeaning; now: string }
  | { do: 'sign'; request: string; signature: string; stepUp: StepUp; now: string }

export const signerStream = (actor: string): string => `signer-${actor}`

const initial: SignerState = {
  attestation: null,
  open: null,
  lastSignedAt: null,
  usedTokens: new Set(),
  done: new Map(),
}

/** The decider under this service's rules. */
export function signerDecider(rules: SigningConfiguration): Decider<SignerState, SignerCommand, SignerEvent> {
  return {
    initial,

    evolve(state, { type, data }, { recordedAt, position }) {
      switch (type) {
        case 'signer.attested':
          return { ...state, attestation: position, usedTokens: new Set([...state.usedTokens, data.tokenId]) }
        case 'signer.signing-opened':
          return { ...state, open: { ...data, openedAt: recordedAt } }
        case 'signer.signed':
          return {
            ...state,
            open: null,
            lastSignedAt: recordedAt,
            usedTokens: new Set([...state.usedTokens, data.tokenId]),
            done: new Map([...state.done, [data.request, data.signature]]),
          }
      }
    },

    /**
     * @throws StepUpRequired the authentication does not do
     * @throws Forbidden `signer-not-attested`; Unavailable `signing-not-configured`
     * @throws Conflict `signing-request-used`, `signing-request-expired`; NotFound `signing-request-not-found`
     */
    decide(state, command) {
      switch (command.do) {
        case 'attest':
          return attest(state, command, rules)
        case 'open':
          return open(state, command, rules)
        case 'sign':
          return sign(state, command, rules)
      }
    },
  }
}

type Asked<What extends SignerCommand['do']> = Extract<SignerCommand, { do: What }>

function attest(state: SignerState, { printedName, stepUp, now }: Asked<'attest'>, rules: SigningConfiguration) {
  assertStepUp(stepUp, { components: 'all', used: state.usedTokens, now }, rules)
  const { tokenId, acr, authenticatedAt } = stepUp
  const data = { printedName, statement: ATTESTATION.version, tokenId, acr, authenticatedAt }
  return [{ type: 'signer.attested', data } as const]
}

function open(state: SignerState, { do: _do, now, ...what }: Asked<'open'>, rules: SigningConfiguration) {
  requireAttestation(state)
  const components = componentsOf(state, now, rules)
  acrValues(components, rules)
  const expiresAt = new Date(Date.parse(now) + OPEN_MS).toISOString()
  return [{ type: 'signer.signing-opened', data: { ...what, components, expiresAt } } as const]
}

function sign(state: SignerState, { request, signature, stepUp, now }: Asked<'sign'>, rules: SigningConfiguration) {
  requireAttestation(state)
  const signing = openSigning(state, request, now)
  // The session may have ended since the request was opened.
  const components = componentsOf(state, now, rules)
  assertStepUp(stepUp, { components, signing, used: state.usedTokens, now }, rules)
  const { tokenId, acr, authenticatedAt } = stepUp
  const data = { request, signature, tokenId, acr, authenticatedAt, components }
  return [{ type: 'signer.signed', data } as const]
}

/**
 * The signing that is open under this id.
 *
 * @throws Conflict `signing-request-used`, `signing-request-expired`; NotFound `signing-request-not-found`
 */
export function openSigning({ done, open: signing }: SignerState, request: string, now: string): OpenSigning {
  const signature = done.get(request)
  if (signature !== undefined)
    throw new Conflict('signing-request-used', 'What was to be signed is signed.', { signature })
  if (signing?.request !== request)
    throw new NotFound(
      'signing-request-not-found',
      'The caller did not set out to sign this, or set out for another since.',
    )
  if (Date.parse(signing.expiresAt) < Date.parse(now))
    throw new Conflict('signing-request-expired', 'Too much time has passed; set out to sign again.')
  return signing
}

function requireAttestation({ attestation }: SignerState): void {
  if (attestation === null)
    throw new Forbidden(
      'signer-not-attested',
      'Before the first signature a person declares that signatures bind them.',
    )
}

/** All components at the first signing of a session and after a pause; one within a continuous series. */
function componentsOf({ lastSignedAt }: SignerState, now: string, { idleSeconds }: SigningConfiguration): Components {
  const continued = lastSignedAt !== null && Date.parse(now) - Date.parse(lastSignedAt) <= idleSeconds * 1000
  return continued ? 'one' : 'all'
}
