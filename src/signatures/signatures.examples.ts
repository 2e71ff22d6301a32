/** What the signatures API answers, for its documentation. */
export const SIGNATURE_EXAMPLE = {
  signature: '4f1d4f65-0d2a-4c53-9d1c-0f5d6a2f7b10',
  record: {
    stream: 'run-6f1c9a52-35f4-4f0c-8a53-9f8f5b1f7a10',
    revision: 1,
    position: 1204,
    type: 'simulation.completed',
  },
  meaning: 'review',
  signer: { id: '0b5c7a52-94c1-8d3e-b0f1-2f6f0c9a1d11', role: 'qa', name: 'Ada Example' },
  signedAt: '2026-11-20T10:15:30.123Z',
  status: 'valid',
  voidedBy: null,
  fault: null,
  position: 1310,
  evidence: {
    jws: 'eyJhbGciOiJFZERTQSIs….eyJhdXRoZW50aWNhdGlvbiI6….mK3v…',
    record: { leaf: 'eyJhY3RvciI6…', proof: 'c2sp.org/tlog-proof@v1\nindex 1204\n…' },
    signature: {
      leaf: 'eyJhY3RvciI6…',
      payload: 'eyJhdHRlc3RhdGlvbiI6…',
      proof: 'c2sp.org/tlog-proof@v1\nindex 1310\n…',
    },
    vkey: 'twin-ledger.local/4c59f1a2+aabbccdd+AQ…',
  },
}

export const BACKDATING_RECEIPT_EXAMPLE = {
  backdating: '6d0f3a52-6a0e-4ee5-8f0b-1f2f3f4f5f6f',
  voids: 12,
  position: 5300,
}

export const BACKDATING_EXAMPLE = {
  backdating: '6d0f3a52-6a0e-4ee5-8f0b-1f2f3f4f5f6f',
  kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
  fromPosition: 5120,
  reason: 'key-compromised',
  requestedBy: '0b5c7a52-94c1-8d3e-b0f1-2f6f0c9a1d11',
  requestedAt: '2026-11-20T10:15:30.123Z',
  voids: 12,
}

export const AT_STAKE_EXAMPLE = {
  signature: '4f1d4f65-0d2a-4c53-9d1c-0f5d6a2f7b10',
  position: 5210,
  stream: 'run-6f1c9a52-35f4-4f0c-8a53-9f8f5b1f7a10',
  meaning: 'review',
  signer: '0b5c7a52-94c1-8d3e-b0f1-2f6f0c9a1d11',
}
