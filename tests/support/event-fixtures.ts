/** Small valid events, so that a test states only what it is about. */
import { randomUUID } from 'node:crypto'
import type { ProposedEvent } from '../../src/ledger/event.js'
import { clearPayload } from '../../src/ledger/payload.js'

export const aStream = (category = 'twin'): string => `${category}-${randomUUID()}`

export function anEvent(overrides: Partial<ProposedEvent['header']> & { data?: object } = {}): ProposedEvent {
  const { data = { note: 'none' }, ...header } = overrides
  const { stored, reference } = clearPayload(data)
  return {
    header: {
      id: randomUUID(),
      type: 'twin.registered',
      schema: 1,
      actor: { id: 'steward-1', role: 'steward' },
      correlation: randomUUID(),
      payload: reference,
      ...header,
    },
    payload: stored,
  }
}
