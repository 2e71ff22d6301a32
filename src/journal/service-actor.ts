import { randomUUID } from 'node:crypto'
import type { Actor } from '../ledger/event.js'
import type { CommandContext } from './command-context.js'

/** Who the ledger says did what the service does by itself. Random, fixed for ever. */
export const SERVICE_ACTOR: Actor = { id: '7d0c1d52-3f0e-4a86-9d27-5b1c60a4e8f3', role: 'service' }

/** A context of the service itself. */
export const asService = (): CommandContext => ({ actor: SERVICE_ACTOR, correlation: randomUUID() })
