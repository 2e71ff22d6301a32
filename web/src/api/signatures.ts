import type { SignatureMeaning } from '../../../src/signatures/meanings.js'
import { change, read } from './http.js'

export interface Signature {
  signature: string
  meaning: SignatureMeaning
  signer: { id: string; role: string; org?: string; name: string | null }
  signedAt: string
  status: 'valid' | 'voided-by-change' | 'invalid'
  voidedBy: { revision: number; position: number; recordedAt: string } | null
  fault: string | null
  position: number
}

export interface Signer {
  attested: boolean
  declaration: { text: string }
  acrValues: string[]
  maxAge: number
}

export interface SigningRequest {
  request: string
  acrValues: string[]
  maxAge: number
}

/** The newest 200, newest first; `next` says that there are earlier ones. */
export const listSignatures = (stream: string, signal?: AbortSignal) =>
  read<{ signatures: Signature[]; next?: string }>('/api/v1/signatures', { stream, limit: 200 }, signal)

export const readSigner = (signal?: AbortSignal) => read<Signer>('/api/v1/signers/me', {}, signal)

export const attestSigner = (printedName: string) =>
  change<{ position: number }>('/api/v1/signers/me/attestation', { printedName })

export const openSigning = (stream: string, revision: number, meaning: string) =>
  change<SigningRequest>('/api/v1/signing-requests', { stream, revision, meaning })

export const makeSignature = (request: string) => change<{ signature: string }>('/api/v1/signatures', { request })
