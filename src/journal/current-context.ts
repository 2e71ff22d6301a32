import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import { InvalidRequest } from '../platform/errors.js'
import { currentCorrelation } from '../platform/request-context.js'
import type { Caller } from '../identity/caller.js'
import type { CallerRequest } from '../identity/current-caller.js'
import { readingPurposeOf } from '../identity/purpose-of-use.js'
import { tokenRefused } from '../identity/token-refusals.js'
import type { CommandContext } from './command-context.js'

/** A key a client makes up: long enough not to repeat by chance, short enough not to carry a message. */
const IDEMPOTENCY_KEY = /^[A-Za-z0-9._~-]{8,128}$/

/** The command context of a verified caller. */
export function contextOf(caller: Caller, more: Partial<CommandContext> = {}): CommandContext {
  const { id, role, org, purpose } = caller
  return {
    actor: { id, role, ...(org !== undefined && { org }) },
    correlation: currentCorrelation(),
    ...(purpose !== undefined && { purpose }),
    readsFor: readingPurposeOf(caller),
    ...more,
  }
}

/**
 * Hands a handler the CommandContext of its request: the caller, the correlation and the `Idempotency-Key`.
 *
 * @throws InvalidRequest `idempotency-key-invalid`
 */
export const CurrentContext = createParamDecorator((_data: unknown, execution: ExecutionContext): CommandContext => {
  const { caller, headers } = execution.switchToHttp().getRequest<CallerRequest>()
  if (caller === undefined) throw tokenRefused('token-missing')
  const key = headers['idempotency-key']
  if (key === undefined) return contextOf(caller)
  if (typeof key !== 'string' || !IDEMPOTENCY_KEY.test(key))
    throw new InvalidRequest('idempotency-key-invalid', 'An Idempotency-Key has 8 to 128 letters, digits or . _ ~ -.')
  return contextOf(caller, { idempotencyKey: key })
})
