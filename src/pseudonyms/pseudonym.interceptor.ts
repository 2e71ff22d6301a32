import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  StreamableFile,
} from '@nestjs/common'
import type { Request } from 'express'
import { catchError, from, map, mergeMap, type Observable, throwError } from 'rxjs'
import type { CallerRequest } from '../identity/current-caller.js'
import { isVeiled } from '../identity/policy.js'
import { TwinLedgerError } from '../platform/errors.js'
import { ContextPseudonyms } from '../vault/context-pseudonyms.js'
import { RequestContext } from './request-context.js'
import { type PseudonymContext, veilAnswer } from './veil-answer.js'

/** Answers about people and their records. The audit trail withholds ids itself; answers about trials, models and the roster hold
 * none. */
const ABOUT_PEOPLE = /^\/api\/v1\/(twins|subjects|simulations|cohorts|data-queries)(\/|$)/

/**
 * Stands between veiled callers and every answer about people: their pseudonyms are understood in requests, and ids of records
 * never leave, neither in answers nor in refusals.
 */
@Injectable()
export class PseudonymInterceptor implements NestInterceptor {
  constructor(
    private readonly requests: RequestContext,
    private readonly pseudonyms: ContextPseudonyms,
  ) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = execution.switchToHttp().getRequest<Request & CallerRequest>()
    const { caller } = request
    if (!caller || !isVeiled(caller.role) || !ABOUT_PEOPLE.test(request.path)) return next.handle()
    return from(this.requests.settle(request, caller)).pipe(
      mergeMap((context) =>
        next.handle().pipe(
          map((answer: unknown) => this.veiled(answer, context)),
          catchError((error: unknown) => throwError(() => this.withVeiledDetails(error, context))),
        ),
      ),
    )
  }

  private veiled(answer: unknown, context: PseudonymContext | undefined): unknown {
    const isFile = answer instanceof StreamableFile || ArrayBuffer.isView(answer)
    const isData = typeof answer === 'object' && answer !== null
    return isData && !isFile ? veilAnswer(answer, this.pseudonyms, context) : answer
  }

  private withVeiledDetails(error: unknown, context: PseudonymContext | undefined): unknown {
    if (!(error instanceof TwinLedgerError)) return error
    const details = veilAnswer(error.details, this.pseudonyms, context)
    return Object.assign(Object.create(Object.getPrototypeOf(error) as object) as TwinLedgerError, error, {
      message: error.message,
      details,
    })
  }
}
