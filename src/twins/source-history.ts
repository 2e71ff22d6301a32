/** What one source system has sent of a twin so far: how a resource that is sent again is recognised. */
import { factsOf, type FactRecord } from './fact-history.js'
import { items } from './chain.js'
import type { ClinicalFact, FactSource } from './facts.js'
import type { TwinState } from './twin-state.js'

/** Something recorded from a source: its event id is derived from what was sent and from what the source sent before. */
export interface SentVersion {
  id: string
  twin: string
}

/** The versions of one resource that came from the source, oldest first, and the version that stands. */
export interface SentResource {
  versions: SentVersion[]
  /** Event id of the standing version, which a person may have corrected since; null when it was withdrawn. */
  standing: string | null
}

/** `Type/id` at the sender, as a fact's source. */
export function sourceOf(system: string, key: string): FactSource {
  const slash = key.indexOf('/')
  if (slash < 1) return { system, resourceId: key }
  return { system, resourceType: key.slice(0, slash), resourceId: key.slice(slash + 1) }
}

/** Every resource that the source has sent, by the sender's key. */
export function sentResources(state: TwinState, system: string): Map<string, SentResource> {
  const resources = new Map<string, SentResource>()
  const keyOf = new Map<string, string>()
  for (const fact of factsOf(state).values()) {
    const key = fact.corrects === undefined ? keyAtSource(fact.value, system) : keyOf.get(fact.corrects)
    if (key === undefined) continue
    keyOf.set(fact.id, key)
    note(resources, key, fact)
  }
  return resources
}

/** Adds a version that the source sent just now. */
export function noteSent(resources: Map<string, SentResource>, key: string, version: SentVersion): void {
  const resource = resources.get(key) ?? { versions: [], standing: null }
  resource.versions.push(version)
  resource.standing = version.id
  resources.set(key, resource)
}

/** The person's details as the source sent them, oldest first; corrections by a person are not among them. */
export function sentVersions(state: TwinState, of: 'demographics' | 'contact', system: string): SentVersion[] {
  return items<{ id: string; twin: string; value: { source: FactSource } | null; corrected?: boolean }>(state[of])
    .filter(({ value, corrected }) => value?.source.system === system && !corrected)
    .map(({ id, twin }) => ({ id, twin }))
}

function keyAtSource(value: ClinicalFact | null, system: string): string | undefined {
  if (value?.source.system !== system || value.source.resourceId === undefined) return undefined
  const { resourceType, resourceId } = value.source
  return resourceType === undefined ? resourceId : `${resourceType}/${resourceId}`
}

function note(resources: Map<string, SentResource>, key: string, { id, twin, status, ...fact }: FactRecord): void {
  const fromSource = fact.corrects === undefined || fact.reason === 'source-update'
  if (fromSource) noteSent(resources, key, { id, twin })
  const resource = resources.get(key)
  if (!resource) return
  if (status === 'current') resource.standing = id
  else if (status === 'withdrawn') resource.standing = null
}
