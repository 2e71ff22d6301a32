/** The cosignatures on a checkpoint, judged by a policy. */
import { IntegrityError } from '../../platform/errors.js'
import { cosignatureTime } from './cosignature.js'
import { formatSignatureLine, type Note, type NoteSignature } from './note.js'
import { type PolicyWitness, quorumTime, type WitnessPolicy } from './witness-policy.js'

export interface Cosignature {
  witness: PolicyWitness
  signature: NoteSignature
  /** POSIX seconds. */
  time: number
}

/**
 * The cosignatures of these witnesses, all verified. Those of others are ignored.
 *
 * @throws IntegrityError `cosignature-invalid`: one under a witness's key does not verify, or it stands there twice
 */
export function cosignaturesOn(note: Note, witnesses: readonly PolicyWitness[]): Cosignature[] {
  const text = Buffer.from(note.text)
  return witnesses.flatMap((witness) => {
    const { name, keyId } = witness.verifier
    const own = note.signatures.filter((signature) => signature.name === name && signature.keyId === keyId)
    const [signature] = own
    if (!signature) return []
    if (own.length > 1 || !witness.verifier.verify(text, signature.signature)) {
      throw new IntegrityError('cosignature-invalid', 'The cosignature of a witness does not verify.', {
        key: `${name}+${keyId}`,
      })
    }
    return [{ witness, signature, time: cosignatureTime(signature) }]
  })
}

/** As `quorumTime`, by these cosignatures. */
export function cosignedTime({ quorum }: WitnessPolicy, cosignatures: readonly Cosignature[]): number {
  const times = new Map(cosignatures.map(({ witness, time }) => [witness, time]))
  return quorumTime(quorum, (witness) => times.get(witness))
}

/** A signed checkpoint with these cosignatures behind its signatures. */
export function withCosignatures(signed: string, signatures: readonly NoteSignature[]): string {
  return signed + signatures.map((signature) => `${formatSignatureLine(signature)}\n`).join('')
}
