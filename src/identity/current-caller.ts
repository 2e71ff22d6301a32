import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import { type Caller } from './caller.js'
import { tokenRefused } from './token-refusals.js'

/** A request that the guard let through. */
export interface CallerRequest {
  caller?: Caller
  /** Who was verified before the body was to be read, when there is none. */
  admitted?: Caller
  headers: Record<string, string | string[] | undefined>
}

/** Hands the verified caller to a handler. On a `@Public()` route there is none, so asking for it is refused. */
export const CurrentCaller = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<CallerRequest>()
  if (caller === undefined) throw tokenRefused('token-missing')
  return caller
})
