import { type Role } from './roles.js'

/**
 * What a grant covers beside its role. What is not named is not covered. `as-claimed` is the scope of evaluation accounts:
 * the claims of the embedded issuer stand as they are, because nobody but the service itself writes them.
 */
export type GrantScope =
  | 'as-claimed'
  | {
      /** Organisation code. */
      org?: string
      /** Site code; somebody who works at two sites holds two grants. */
      site?: string
      /** Random ids of trials. */
      trials?: readonly string[]
      /** v3-ActReason codes; absent: every purpose the role may have. */
      purposes?: readonly string[]
    }

/** One role that a person may act in now. */
export interface GrantInForce {
  grant: string
  role: Role
  scope: GrantScope
}

/** Leave to see who one twin stands for. */
export interface OpenTicket {
  twin: string
  /** Id of the event that approved it: every reading under it names it as its cause. */
  approval: string
}

/** What the ledger says of a person at this moment. */
export interface Standing {
  grants: readonly GrantInForce[]
  /** Too many failed sign-ins; an administrator unlocks. */
  locked: boolean
  /** A program, not a person: it never signs, approves or attests (21 CFR 11.100). */
  service: boolean
  /** Subjects whose record is open to the person in an emergency. */
  emergencies: readonly string[]
  tickets: readonly OpenTicket[]
}

/** The roster as every request asks it; answered from memory. */
export interface GrantRegister {
  standingOf(actorId: string, at: Date): Standing
}
