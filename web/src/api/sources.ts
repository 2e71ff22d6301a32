import type { SourceKind } from '../../../src/sources/events.js'
import type { RevokingReason } from '../../../src/sources/revoking-reasons.js'
import { change, read } from './http.js'

/** A system or device whose data is taken, or was. */
export interface Source {
  source: string
  kind: SourceKind
  registeredAt: string
  registeredBy: string
  revokedAt?: string
  reason?: RevokingReason
}

const ROOT = '/api/v1/sources'

export const listSources = (signal?: AbortSignal) => read<{ sources: Source[] }>(ROOT, {}, signal)

export const registerSource = (source: string, kind: SourceKind) => change(ROOT, { source, kind })

export const revokeSource = (source: string, reason: RevokingReason) => change(`${ROOT}/revocation`, { source, reason })
