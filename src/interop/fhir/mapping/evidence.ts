/** A resource kept by its keyed digest: later it can be proved what was sent, without keeping it. */
import type { FhirResource } from 'fhir/r4.js'
import { canonicalJson } from '../../../ledger/canonical-json.js'
import type { Evidence, FactSource } from '../../../twins/facts.js'

/** HMAC-SHA-256 in base64url under the ledger's evidence key; keyed, so that nobody can guess small resources from digests. */
export type KeyedDigest = (bytes: string) => string

/** @returns evidence over the RFC 8785 form of the whole resource, as sent */
export function mapEvidence(resource: FhirResource, source: FactSource, digest: KeyedDigest): Evidence {
  const canonical = canonicalJson(resource)
  return {
    kind: 'evidence',
    resourceType: resource.resourceType,
    digest: digest(canonical),
    size: Buffer.byteLength(canonical),
    source,
  }
}

/** Digest by which a resource sent again is recognised; what a server changes on its own (`meta.lastUpdated`) is left out. */
export function contentDigest(resource: FhirResource, digest: KeyedDigest): string {
  const { meta, ...content } = resource
  const { lastUpdated: _lastUpdated, versionId: _versionId, ...stable } = meta ?? {}
  return digest(canonicalJson({ ...content, meta: stable }))
}
