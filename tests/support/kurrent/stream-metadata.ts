import { DELETED } from './records.js'

export type StreamAction = 'read' | 'write' | 'delete' | 'read-metadata' | 'write-metadata'

/** What `$$stream` says of a stream. */
export interface StreamMetadata {
  /** Only so many of its last events can be read. */
  maxCount: bigint | null
  /** Events before this revision cannot be read. */
  truncateBefore: bigint
  /** Roles that may do it; an action without a list is open to all. */
  acl: Partial<Record<StreamAction, readonly string[]>>
}

const NONE: StreamMetadata = { maxCount: null, truncateBefore: 0n, acl: {} }
/** A metadata stream keeps its last event only. */
export const METADATA_OF_METASTREAM: StreamMetadata = { ...NONE, maxCount: 1n }

const ACL_KEYS: readonly [string, StreamAction][] = [
  ['$r', 'read'],
  ['$w', 'write'],
  ['$d', 'delete'],
  ['$mr', 'read-metadata'],
  ['$mw', 'write-metadata'],
]

/** Reads the data of a `$metadata` event; what is no JSON object says nothing, as on the server. */
export function parseStreamMetadata(data: Uint8Array | undefined): StreamMetadata {
  const fields = data === undefined ? null : parseObject(data)
  if (fields === null) return NONE
  return {
    maxCount: wholeNumber(fields['$maxCount']),
    truncateBefore: wholeNumber(fields['$tb']) ?? 0n,
    acl: parseAcl(fields['$acl']),
  }
}

export const isSoftDeleted = (metadata: StreamMetadata): boolean => metadata.truncateBefore === DELETED

/** Writes the metadata of a deleted stream again so that reads begin at `revision`. */
export function undeletedFrom(data: Uint8Array, revision: bigint): Uint8Array {
  const fields = { ...parseObject(data), $tb: Number(revision) }
  return Buffer.from(JSON.stringify(fields))
}

/** The metadata that a soft delete writes. */
export const softDeletion = (): Uint8Array => Buffer.from(`{"$tb":${DELETED}}`)

/** True when one of the roles may do it; administrators may do everything. */
export function isAllowed(metadata: StreamMetadata, action: StreamAction, roles: readonly string[]): boolean {
  const permitted = metadata.acl[action]
  if (permitted === undefined || roles.includes('$admins')) return true
  return permitted.some((role) => role === '$all' || roles.includes(role))
}

function parseObject(data: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(data).toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** JSON numbers cannot carry the largest int64 exactly; what comes near it means it. */
function wholeNumber(value: unknown): bigint | null {
  if (typeof value !== 'number') return null
  return value >= Number(DELETED) ? DELETED : BigInt(Math.trunc(value))
}

function parseAcl(value: unknown): StreamMetadata['acl'] {
  if (typeof value !== 'object' || value === null) return {}
  const acl: StreamMetadata['acl'] = {}
  for (const [key, action] of ACL_KEYS) {
    const roles = (value as Record<string, unknown>)[key]
    if (typeof roles === 'string') acl[action] = [roles]
    if (Array.isArray(roles)) acl[action] = roles.map(String)
  }
  return acl
}
