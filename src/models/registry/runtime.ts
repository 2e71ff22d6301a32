import { createHash } from 'node:crypto'
import { NUMERIC_SELF_TEST_VERSION, numericSelfTestBytes } from '../numerics/self-test.js'

/** Where a run was computed. Equal self-test digests mean that equal inputs give equal bits. */
export interface Runtime {
  node: string
  v8: string
  platform: string
  arch: string
  selfTest: { version: number; sha256: string }
}

let measured: Runtime | undefined

/** This machine and this build, with the digest of the numeric self-test; computed once in a process. */
export function runtime(): Runtime {
  measured ??= {
    node: process.versions.node,
    v8: process.versions.v8,
    platform: process.platform,
    arch: process.arch,
    selfTest: {
      version: NUMERIC_SELF_TEST_VERSION,
      sha256: createHash('sha256').update(numericSelfTestBytes()).digest('hex'),
    },
  }
  return measured
}
