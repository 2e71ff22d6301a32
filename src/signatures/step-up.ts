/** Authentication for one signing: what is asked of the person, and whether a token shows it (RFC 9470, 21 CFR 11.200(a)(1)). */
import type { Caller } from '../identity/caller.js'
import type { SigningConfiguration } from '../platform/configuration.js'
import { Forbidden, Unauthenticated, Unavailable } from '../platform/errors.js'

/** Identification code and password, or the password alone within a continuous session. */
export type Components = 'all' | 'one'

/** What an access token shows of a person who has just authenticated. */
export interface StepUp {
  acr: string
  /** RFC 3339, whole seconds. */
  authenticatedAt: string
  /** Used once and never again. */
  tokenId: string
  /** The signing request it was asked for, where the issuer says so. */
  nonce?: string
}

const MESSAGES = {
  'step-up-required': 'A signature needs an access token that says how and when the person authenticated.',
  'step-up-insufficient': 'The person has to authenticate with more than the access token shows.',
  'step-up-expired': 'The authentication is too long ago; the person has to authenticate again.',
  'step-up-not-for-this-signing': 'The person authenticated for something else than this signing.',
  'step-up-replayed': 'This authentication was used for a signature already.',
} as const
export type StepUpRefusal = keyof typeof MESSAGES

/** Injection token of the SigningConfiguration. */
export const SIGNING_CONFIGURATION = Symbol('twin-ledger:signing-configuration')

/** A 401 that tells the client which authentication to get (RFC 9470 §3). */
export class StepUpRequired extends Unauthenticated {
  constructor(
    code: StepUpRefusal,
    readonly acrValues: readonly string[],
    readonly maxAge: number,
  ) {
    super(code, MESSAGES[code], { acrValues, maxAge })
  }

  /** The value of `WWW-Authenticate`. */
  challenge(): string {
    return [
      'Bearer realm="twin-ledger", error="insufficient_user_authentication"',
      `error_description="${this.message}"`,
      `acr_values="${this.acrValues.join(' ')}"`,
      `max_age="${this.maxAge}"`,
    ].join(', ')
  }
}

/**
 * What the caller's token shows.
 *
 * @throws StepUpRequired `step-up-required`; Forbidden `service-account-cannot-sign`
 */
export function stepUpOf(caller: Caller, signing: SigningConfiguration): StepUp {
  if (caller.authentication === undefined)
    throw new StepUpRequired('step-up-required', acrValues('all', signing), signing.maxAgeSeconds)
  if (caller.machine)
    throw new Forbidden('service-account-cannot-sign', 'A signature is a person’s; a program has none.')
  const { acr, at, nonce } = caller.authentication
  return { acr, authenticatedAt: at, tokenId: caller.tokenId, ...(nonce !== undefined && { nonce }) }
}

/** What must hold of an authentication. */
export interface StepUpAsked {
  components: Components
  /** The signing it is for, and when that was opened; neither for a declaration. */
  signing?: { request: string; openedAt: string }
  /** Token ids that were used before. */
  used: ReadonlySet<string>
  /** RFC 3339. */
  now: string
}

/** Pure. `auth_time` has whole seconds, so a moment is compared with the second it lies in. @throws StepUpRequired */
export function assertStepUp(stepUp: StepUp, asked: StepUpAsked, rules: SigningConfiguration): void {
  const refuse = (code: StepUpRefusal) =>
    new StepUpRequired(code, acrValues(asked.components, rules), rules.maxAgeSeconds)
  const authenticated = Date.parse(stepUp.authenticatedAt)
  const { signing } = asked
  if (asked.used.has(stepUp.tokenId)) throw refuse('step-up-replayed')
  if (signing && stepUp.nonce !== undefined && stepUp.nonce !== signing.request)
    throw refuse('step-up-not-for-this-signing')
  if (Date.parse(asked.now) - authenticated > (rules.maxAgeSeconds + 1) * 1000) throw refuse('step-up-expired')
  if (signing && authenticated < Math.floor(Date.parse(signing.openedAt) / 1000) * 1000)
    throw refuse('step-up-not-for-this-signing')
  const accepted = asked.components === 'all' ? rules.allComponents : rules.oneComponent
  if (!accepted.includes(stepUp.acr)) throw refuse('step-up-insufficient')
}

/** What to ask the issuer for. @throws Unavailable `signing-not-configured` */
export function acrValues(components: Components, rules: SigningConfiguration): readonly string[] {
  const values = components === 'all' ? rules.allComponents : rules.oneComponent
  if (values.length === 0)
    throw new Unavailable('signing-not-configured', 'Nobody can sign here: SIGNING_ACR is not set.')
  return values
}
