/** A transaction or batch bundle (https://hl7.org/fhir/R4/http.html#transaction), taken apart and checked entry by entry. */
import type { FhirResource } from 'fhir/r4.js'
import { InvalidRequest, Unprocessable } from '../../platform/errors.js'
import { refusal, type Refusal } from './issue.js'
import type { FhirLimits } from './json-guard.js'

/** An entry that names what it is; whether its contents are valid is not yet known. */
export interface BundleEntry {
  /** Place in `Bundle.entry`, from 0. */
  index: number
  fullUrl?: string
  resource: FhirResource
  /** The sender's identity of the resource, `<Type>/<id>`; the same on every sending. */
  key: string
}

export interface RefusedEntry {
  index: number
  refusal: Refusal
}

export interface CheckedBundle {
  type: 'transaction' | 'batch'
  /** The system that the bundle as a whole says it comes from (`Bundle.meta.source`). */
  source?: string
  entries: readonly (BundleEntry | RefusedEntry)[]
}

type JsonObject = Record<string, unknown>

/**
 * Reads a bundle from guarded JSON.
 *
 * @throws InvalidRequest `fhir-not-a-bundle`, `fhir-bundle-malformed`
 * @throws Unprocessable `fhir-bundle-type-unsupported`, `fhir-bundle-empty`, `fhir-bundle-too-large`
 */
export function checkBundle(document: unknown, limits: FhirLimits): CheckedBundle {
  if (!isObject(document) || document['resourceType'] !== 'Bundle') {
    throw new InvalidRequest('fhir-not-a-bundle', 'The body is not a FHIR Bundle.')
  }
  const type = document['type']
  if (type !== 'transaction' && type !== 'batch') {
    throw new Unprocessable('fhir-bundle-type-unsupported', 'Only transaction and batch bundles are taken.')
  }
  const entries = document['entry'] ?? []
  if (!Array.isArray(entries)) throw new InvalidRequest('fhir-bundle-malformed', 'Bundle.entry is not an array.')
  if (entries.length === 0) throw new Unprocessable('fhir-bundle-empty', 'The bundle has no entry.')
  if (entries.length > limits.maxEntries) {
    throw new Unprocessable('fhir-bundle-too-large', 'The bundle has too many entries.', { limit: limits.maxEntries })
  }
  const source = isObject(document['meta']) ? document['meta']['source'] : undefined
  return {
    type,
    source: typeof source === 'string' ? source : undefined,
    entries: refuseDuplicates(entries.map(checkEntry)),
  }
}

export function isRefused(entry: BundleEntry | RefusedEntry): entry is RefusedEntry {
  return 'refusal' in entry
}

function checkEntry(entry: unknown, index: number): BundleEntry | RefusedEntry {
  const refused = (found: Refusal): RefusedEntry => ({ index, refusal: found })
  if (!isObject(entry)) return refused(malformed('The entry is not an object.'))
  const { fullUrl, resource, request } = entry
  if (!isObject(request)) return refused(malformed('The entry has no request.', 'request'))
  const wrongMethod = checkMethod(request)
  if (wrongMethod) return refused(wrongMethod)
  if (!isObject(resource) || typeof resource['resourceType'] !== 'string') {
    return refused(malformed('The entry has no resource.', 'resource'))
  }
  const wrongUrl = checkUrls(request, resource, fullUrl)
  if (wrongUrl) return refused(wrongUrl)
  const key = keyOf(resource, fullUrl)
  if (key === undefined) {
    return refused(malformed('The resource has no id, identifier or fullUrl to know it by.', 'resource.id'))
  }
  return { index, fullUrl: fullUrl as string | undefined, resource: resource as unknown as FhirResource, key }
}

function checkMethod(request: JsonObject): Refusal | undefined {
  const { method, ifMatch } = request
  if (method !== 'POST' && method !== 'PUT') {
    return refusal(405, 'not-supported', 'fhir-method-unsupported', 'Only POST and PUT are taken.', 'request.method')
  }
  if (ifMatch !== undefined) {
    const why = 'Facts are immutable here, so there is no version to match.'
    return refusal(412, 'not-supported', 'fhir-condition-unsupported', why, 'request.ifMatch')
  }
  return undefined
}

/** POST names the type, PUT the type and id; both must say what the resource says. */
function checkUrls(request: JsonObject, resource: JsonObject, fullUrl: unknown): Refusal | undefined {
  if (fullUrl !== undefined && !isAbsoluteUri(fullUrl)) return malformed('The fullUrl is not absolute.', 'fullUrl')
  const { method, url } = request
  const type = resource['resourceType'] as string
  if (method === 'PUT' && typeof url === 'string' && url.includes('?')) {
    const why = 'Conditional updates are not supported.'
    return refusal(412, 'not-supported', 'fhir-condition-unsupported', why, 'request.url')
  }
  const expected = method === 'POST' ? type : `${type}/${String(resource['id'])}`
  if (url !== expected) {
    const why = 'The request url does not name the resource in the entry.'
    return refusal(400, 'invalid', 'fhir-request-url-mismatch', why, 'request.url')
  }
  return undefined
}

const MOST_URI = 2_000

function isAbsoluteUri(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MOST_URI && /^(urn:|https?:\/\/)\S+$/.test(value)
}

/**
 * A resource is known by its id, else by its first identifier, else by its fullUrl. Senders that make a new fullUrl each
 * time and give nothing else cannot be recognised; that is theirs to mend.
 */
function keyOf(resource: JsonObject, fullUrl: unknown): string | undefined {
  const type = resource['resourceType'] as string
  const { id } = resource
  if (typeof id === 'string' && /^[A-Za-z0-9\-.]{1,64}$/.test(id)) return `${type}/${id}`
  if (id !== undefined) return undefined
  const [first] = Array.isArray(resource['identifier']) ? (resource['identifier'] as unknown[]) : []
  if (isObject(first) && typeof first['value'] === 'string') {
    return `${type}/${JSON.stringify([String(first['system'] ?? ''), first['value']])}`
  }
  return typeof fullUrl === 'string' ? `${type}/${fullUrl}` : undefined
}

/** Two entries under one name make every reference to it ambiguous, so all that share it are refused (invariant bdl-7). */
function refuseDuplicates(entries: readonly (BundleEntry | RefusedEntry)[]): (BundleEntry | RefusedEntry)[] {
  const uses = new Map<string, number>()
  const names = (entry: BundleEntry) => [entry.key, ...(entry.fullUrl === undefined ? [] : [`url ${entry.fullUrl}`])]
  for (const entry of entries) {
    if (isRefused(entry)) continue
    for (const name of names(entry)) uses.set(name, (uses.get(name) ?? 0) + 1)
  }
  return entries.map((entry) => {
    if (isRefused(entry) || names(entry).every((name) => uses.get(name) === 1)) return entry
    const why = 'Another entry of the bundle has the same fullUrl or the same type and id.'
    return { index: entry.index, refusal: refusal(400, 'duplicate', 'fhir-entry-duplicate', why, 'fullUrl') }
  })
}

function malformed(why: string, expression?: string): Refusal {
  return refusal(400, 'structure', 'fhir-entry-malformed', why, expression)
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
