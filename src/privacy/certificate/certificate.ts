/** What an erasure certificate says: who decided, who acted, what went, what stays and why. Codes, ids and times alone. */
import type { KeyClass } from '../../vault/key-class.js'
import type { ErasureGround } from '../codes.js'
import type { RetainedClass } from '../forgetting/events.js'
import type { Erasure } from '../forgetting/forgetting-state.js'
import type { Residue } from './residue.js'

export const CERTIFICATE_FORMAT = 'twin-ledger-erasure-certificate/2'

export interface Certificate {
  format: typeof CERTIFICATE_FORMAT
  erasure: string
  /** Absent for those who may not know whom it is about. */
  request?: string
  subject?: string
  /** Of Art 17(1). */
  ground: ErasureGround
  erased: readonly KeyClass[]
  /** With the exception of Art 17(3) each is kept under. */
  retained: readonly RetainedClass[]
  /** How many keys were destroyed, and how many ciphertexts deleted. */
  keys: number
  payloads: number
  /** Ciphertexts that the event store keeps, though no key opens them any more; absent where it deletes them. */
  payloadsKept?: number
  purged: readonly { holder: string; items: number }[]
  /** Organisations that were told (Art 19). */
  recipients: readonly string[]
  /** What stays in the log in clear text. */
  residue: Residue
  steps: readonly CertifiedStep[]
  /** Signed note over the log that the proofs lead to. */
  checkpoint: string
}

export interface CertifiedStep {
  step: string
  /** RFC 3339, server clock. */
  at: string
  by: { id: string; role: string }
  event: string
  position: number
}

export interface SignedCertificate {
  certificate: Certificate
  /** Compact JWS (RFC 7515, EdDSA) whose payload is the certificate's canonical JSON (RFC 8785). */
  signature: string
  /** One `.tlog-proof` file (c2sp.org/tlog-proof) a step. */
  proofs: readonly { position: number; proof: string }[]
}

/** @param erasure that is complete */
export function certificateOf(
  erasure: Erasure,
  checkpoint: string,
  residue: Residue,
  named: { subject?: string },
): Certificate {
  const { payloads, kept } = dataOf<{ payloads: number; kept?: number }>(erasure, 'privacy.ciphertext-deleted')
  const steps = erasure.steps.map(({ type, recordedAt, actor, event, position }) => ({
    step: type,
    at: recordedAt,
    by: actor,
    event,
    position,
  }))
  return {
    format: CERTIFICATE_FORMAT,
    erasure: erasure.erasure,
    ...(named.subject !== undefined && { request: erasure.request, subject: named.subject }),
    ground: erasure.ground,
    erased: erasure.classes,
    retained: erasure.retained,
    keys: erasure.kids.length,
    payloads,
    ...(kept !== undefined && { payloadsKept: kept }),
    purged: dataOf<Pick<Certificate, 'purged'>>(erasure, 'privacy.traces-purged').purged,
    recipients: erasure.recipients,
    residue,
    steps,
    checkpoint,
  }
}

const dataOf = <Data>({ steps }: Erasure, type: string): Data => steps.find((step) => step.type === type)!.data as Data
