import type { GrantScope } from '../../../src/identity/grants.js'
import type { Role } from '../../../src/identity/roles.js'
import { change, read } from './http.js'

export interface Act {
  by: string
  role: string
  at: string
}

export interface Grant {
  grant: string
  actor: string
  role: Role
  scope: GrantScope
  from: string
  until?: string
  basis: 'request' | 'configuration' | 'evaluation'
  requested: Act
  approved?: Act
  declined?: Act
  executed?: Act
  revoked?: Act
  reviews: (Act & { finding: 'confirmed' | 'to-be-revoked' })[]
  status: 'requested' | 'approved' | 'declined' | 'ahead' | 'in-force' | 'ended' | 'revoked'
}

export interface Person {
  actor: string
  kind: 'person' | 'service'
  owner?: string
  registeredAt?: string
  retiredAt?: string
  revoked: boolean
  locked: boolean
  trainings: { role: Role; completedOn: string; validUntil: string }[]
  attestations: { statement: string; at: string }[]
  /** Roles the person could act in at that time. */
  roles: Role[]
  grants: Grant[]
}

export interface Roster {
  asOf: string
  people: Person[]
}

/** What a request for a role sends. */
export interface GrantRequest {
  actor: string
  role: string
  scope: { org?: string; site?: string; trials?: string[]; purposes?: string[] }
  from?: string
  until?: string
}

export type GrantStep = 'approval' | 'refusal' | 'execution' | 'review' | 'revocation'

const ROOT = '/api/v1/roster'

/** @param asOf RFC 3339; default now */
export const readRoster = (asOf: string | undefined, signal?: AbortSignal) => read<Roster>(ROOT, { asOf }, signal)

/** The printed name; reading it is recorded. */
export const readName = (actor: string) => read<{ name: string | null }>(`${ROOT}/people/${actor}/name`)

export const registerPerson = (person: { sub: string; kind: string; name: string; owner?: string }) =>
  change<{ actor: string }>(`${ROOT}/people`, person)

export const recordTraining = (actor: string, training: { role: string; completedOn: string; validUntil: string }) =>
  change(`${ROOT}/people/${actor}/trainings`, training)

export const decideAccess = (actor: string, decision: 'revoke' | 'reinstate' | 'unlock', reason: string) =>
  change(`${ROOT}/access-decisions`, { actor, decision, reason })

/** Ends an id for ever: nobody is registered under it again. */
export const retirePerson = (actor: string) => change(`${ROOT}/people/${actor}/retirement`, {})

export const requestGrant = (request: GrantRequest) => change<{ grant: string }>(`${ROOT}/grants`, request)

export const takeGrantStep = (grant: string, step: GrantStep, body: object = {}) =>
  change(`${ROOT}/grants/${grant}/${step}`, body)
