import type { KeyedDigest } from './mapping/evidence.js'

/** What the FHIR room needs from the composition of the application. */
export interface FhirOptions {
  /** Largest body in bytes after decompression. */
  maxBytes: number
  /** Source system of callers that name none. */
  defaultSource: string
  /** Of the software, for the capability statement. */
  version: string
  publicUrl: string
  /** HMAC-SHA-256 in base64url under the ledger's evidence key. */
  digest: KeyedDigest
}

export const FHIR_OPTIONS = Symbol('twin-ledger:fhir-options')
