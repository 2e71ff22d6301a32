/** What a signature says (21 CFR 11.50(a)(3)), and what a signer has declared before the first one. */

export const SIGNATURE_MEANINGS = {
  authorship: 'The signer made this record.',
  review: 'The signer has reviewed this record.',
  approval: 'The signer approves this record.',
  responsibility: 'The signer takes responsibility for this record.',
  verification: 'The signer has verified this record against its source.',
  acknowledgement: 'The signer has taken note of this record.',
} as const
export type SignatureMeaning = keyof typeof SIGNATURE_MEANINGS
export const SIGNATURE_MEANING_CODES = Object.keys(SIGNATURE_MEANINGS) as SignatureMeaning[]

/** What nobody can say of their own record (author ≠ approver). */
export const INDEPENDENT_MEANINGS: readonly SignatureMeaning[] = ['review', 'approval', 'verification']

/** 21 CFR 11.10(j) and 11.100(c), in our words; a change of the text gets a new version. */
export const ATTESTATION = {
  version: 'electronic-signature-attestation/1',
  text:
    'I accept that my electronic signatures in this system bind me as my handwritten signature does, that I answer for whatever ' +
    'is done under them, and that I keep my means of authentication to myself.',
} as const
