import { randomUUID } from 'node:crypto'
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import { Forbidden, TwinLedgerError } from '../platform/errors.js'
import { ACTING_ROLE_HEADER } from './acting-role.js'
import { type Action } from './actions.js'
import { type AuthenticateCaller } from './authenticate-caller.js'
import { bearerChallenge } from './bearer.js'
import { type Caller } from './caller.js'
import { type CallerRequest } from './current-caller.js'
import { AUTHENTICATE_CALLER, IDENTITY_OPTIONS, type IdentityOptions, REFUSAL_RECORDER } from './identity.tokens.js'
import { decideByRole } from './decide-access.js'
import { PolicyService } from './policy.service.js'
import { PURPOSE_OF_USE_HEADER, readPurpose } from './purpose-of-use.js'
import { recordRefusal, type Refusal, type RefusalRecorder } from './refusal-recorder.js'
import { ROUTE_POLICY, type RoutePolicy } from './route-policy.js'

interface ChallengeableResponse {
  setHeader(name: string, value: string): unknown
}

/**
 * Stands before every route of the application. Deny by default: a route without a policy is refused, whoever calls.
 * Authenticates, attaches `request.caller` and checks the role part of the policy; handlers check the resource part.
 */
@Injectable()
export class AuthoriseGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(PolicyService) private readonly policies: PolicyService,
    @Inject(AUTHENTICATE_CALLER) private readonly authenticate: AuthenticateCaller,
    @Inject(REFUSAL_RECORDER) private readonly refusals: RefusalRecorder,
    @Inject(IDENTITY_OPTIONS) private readonly options: IdentityOptions,
  ) {}

  /** @throws Unauthenticated, Forbidden or Unavailable, with the RFC 6750 challenge on the response */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const policy = this.reflector.getAllAndOverride<RoutePolicy | undefined>(ROUTE_POLICY, [
      context.getHandler(),
      context.getClass(),
    ])
    if (policy !== undefined && 'open' in policy) return true

    const request = context.switchToHttp().getRequest<CallerRequest>()
    const attempt: Omit<Refusal, 'code'> = {
      action: policy?.requires,
      correlation: this.options.correlationOf?.(request) ?? randomUUID(),
    }
    try {
      if (policy === undefined) throw new Forbidden('route-without-policy', 'This route is closed: no policy opens it.')
      const verified =
        request.admitted ??
        (await this.authenticate(header(request, 'authorization'), header(request, ACTING_ROLE_HEADER)))
      attempt.caller = verified
      const purpose = readPurpose(header(request, PURPOSE_OF_USE_HEADER))
      attempt.caller = request.caller = purpose === undefined ? verified : Object.freeze({ ...verified, purpose })
      this.policies.bind(attempt.caller, attempt.correlation)
      this.checkRole(attempt.caller, policy.requires)
      return true
    } catch (refusal) {
      if (!(refusal instanceof TwinLedgerError)) throw refusal
      await recordRefusal(this.refusals, { ...attempt, code: refusal.code })
      const challenge = bearerChallenge(refusal)
      if (challenge !== undefined) {
        context.switchToHttp().getResponse<ChallengeableResponse>().setHeader('WWW-Authenticate', challenge)
      }
      throw refusal
    }
  }

  private checkRole(caller: Caller, action: Action): void {
    const decision = decideByRole(caller, action)
    if (!decision.allowed) throw new Forbidden(decision.code, decision.reason, { action })
  }
}

function header(request: CallerRequest, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}
