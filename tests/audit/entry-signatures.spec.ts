import { expect, it } from '@jest/globals'
import { signatureText } from '../../src/audit/entry-signatures.js'

const signature = {
  signature: 'of-a-run',
  signer: { id: 'actor-1', role: 'qa', name: 'Ada Example' },
  meaning: 'review',
  signedAt: '2026-11-20T09:00:00.000Z',
  status: 'valid',
} as const

// proves TL-SIG-001
it('a copy of the trail says of each entry who signed it, when, with which meaning, and whether that holds', () => {
  const erased = { ...signature, signer: { ...signature.signer, name: null }, status: 'voided-by-change' } as const
  expect(signatureText([signature, erased])).toBe(
    'Ada Example; review; 2026-11-20T09:00:00.000Z; valid | actor-1; review; 2026-11-20T09:00:00.000Z; voided-by-change',
  )
  expect(signatureText([])).toBeNull()
})
