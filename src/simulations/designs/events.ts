/**
 * What can have happened to a design: a computation of trial machinery (power, boundaries, analysis of simulated people, random
 * numbers) from parameters alone. Stream: `design-<uuid>`. It concerns no person, so nothing is sealed and no consent is asked.
 */
import { eventTypes, type DomainEvent } from '../../journal/event-type.js'
import type { RefusalReason } from '../../models/model-refusal.js'
import type { Runtime } from '../../models/registry/runtime.js'
import type { InputValue } from '../inputs/chosen-input.js'

/** All that identifies the computation; whoever stated the parameters is in the header. */
export interface DesignRequest {
  model: string
  version: string
  /** SHA-256, hexadecimal (src/models/registry/model-digests.ts). */
  codeDigest: string
  coefficientDigest: string
  parameters: Readonly<Record<string, InputValue>>
  /** Said by the caller of a model that takes rows of participants: none of them is a real person. */
  simulatedParticipants?: true
  runtime: Runtime
}

export type DesignComputed = DomainEvent<
  'design.computed',
  DesignRequest & {
    outputs: object
    /** SHA-256, hexadecimal, of the outputs' canonical JSON (RFC 8785). */
    outputDigest: string
  }
>
export type DesignRefused = DomainEvent<'design.refused', DesignRequest & { reasons: readonly RefusalReason[] }>
/** `timeout`, `worker-died`, `model-threw`, `output-not-finite` … */
export type DesignFailed = DomainEvent<'design.failed', DesignRequest & { code: string }>
/** `firstDifference` names a quantity. `codeChanged`: today's code is not the code of the design. */
export type DesignReplayed = DomainEvent<
  'design.replayed',
  { equal: boolean; firstDifference?: string; codeDigest: string; codeChanged: boolean; runtime: Runtime }
>
export type DesignEvent = DesignComputed | DesignRefused | DesignFailed | DesignReplayed

/** How each is sealed and read aloud. */
export const DESIGN_EVENT_TYPES = eventTypes<DesignEvent>({
  'design.computed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) => (data ? `A design was computed by ${data.model} ${data.version}.` : 'A design was computed.'),
  },
  'design.refused': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `${data.model} refused a design: ${data.reasons.map(({ input, code }) => `${input} ${code}`).join(', ')}.`
        : 'A design was refused.',
  },
  'design.failed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) => (data ? `A design by ${data.model} failed (${data.code}).` : 'A design failed.'),
  },
  'design.replayed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) => {
      if (!data) return 'A design was computed again.'
      if (data.equal) return 'A design was computed again, with equal results.'
      return `A design was computed again and differs, first in ${data.firstDifference ?? 'its shape'}.`
    },
  },
})
