import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import { map, type Observable } from 'rxjs'
import { Forbidden } from '../platform/errors.js'
import { type CallerRequest } from './current-caller.js'
import { scopeConditions } from './policy.js'
import { PolicyService } from './policy.service.js'
import { ROUTE_POLICY, type RoutePolicy } from './route-policy.js'

/**
 * Withholds an answer when the caller's role is allowed only within a scope and the handler never checked it, so that a
 * forgotten `PolicyService.require` or `scopeOf` shows as a refusal in the first test and not as a leak.
 */
@Injectable()
export class ScopeCheckedInterceptor implements NestInterceptor {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(PolicyService) private readonly policies: PolicyService,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { caller } = context.switchToHttp().getRequest<CallerRequest>()
    const policy = this.reflector.getAllAndOverride<RoutePolicy | undefined>(ROUTE_POLICY, [
      context.getHandler(),
      context.getClass(),
    ])
    if (caller === undefined || policy === undefined || 'open' in policy) return next.handle()
    if (scopeConditions(caller.role, policy.requires).length === 0) return next.handle()
    return next.handle().pipe(
      map((answer: unknown) => {
        if (this.policies.scopeWasChecked(caller)) return answer
        throw new Forbidden('scope-not-checked', 'The answer is withheld: its scope was not checked.', {
          action: policy.requires,
        })
      }),
    )
  }
}
