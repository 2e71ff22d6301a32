import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  StreamableFile,
} from '@nestjs/common'
import type { Request, Response } from 'express'
import { catchError, from, map, mergeMap, type Observable, throwError } from 'rxjs'
import type { CallerRequest } from '../identity/current-caller.js'
import { isVeiled } from '../identity/policy.js'
import { TwinLedgerError } from '../platform/errors.js'
import { ContextPseudonyms } from '../vault/context-pseudonyms.js'
import { holdsNoPeople } from './paths-without-people.js'
import { RequestContext } from './request-context.js'
import { veilAnswer, veilText, type Veiling } from './veil-answer.js'

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/**
 * Stands between veiled callers and every answer that is not known to hold nobody, the FHIR door and each server-sent event
 * included: their pseudonyms are understood in requests, and ids of records never leave, neither in answers and their headers nor
 * in refusals. Files go as they are: whoever makes them leaves ids out.
 */
@Injectable()
export class PseudonymInterceptor implements NestInterceptor {
  constructor(
    private readonly requests: RequestContext,
    private readonly pseudonyms: ContextPseudonyms,
  ) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = execution.switchToHttp()
    const request = http.getRequest<Request & CallerRequest>()
    const { caller } = request
    if (!caller || !isVeiled(caller.role) || holdsNoPeople(request.path)) return next.handle()
    return from(this.requests.settle(request, caller)).pipe(
      mergeMap((context) => {
        const veiling = { pseudonyms: this.pseudonyms, context, receipt: request.method !== 'GET' }
        return next.handle().pipe(
          map((answer: unknown) => shown(answer, http.getResponse<Response>(), veiling)),
          catchError((error: unknown) => throwError(() => withVeiledDetails(error, veiling))),
        )
      }),
    )
  }
}

function shown(answer: unknown, response: Response, veiling: Veiling): unknown {
  const body = veiledBody(answer, idsIn(response.req.path), veiling)
  if (!response.headersSent) veilHeaders(response, body, veiling)
  return body
}

/** @param named in the request */
function veiledBody(answer: unknown, named: ReadonlySet<string>, veiling: Veiling): unknown {
  if (typeof answer === 'string') return veilText(answer, veiling, named)
  const isFile = answer instanceof StreamableFile || ArrayBuffer.isView(answer)
  return typeof answer === 'object' && answer !== null && !isFile ? veilAnswer(answer, veiling) : answer
}

/** A person's record has one revision whatever trial it is read in; a location may name what the request or the answer names. */
function veilHeaders(response: Response, body: unknown, veiling: Veiling): void {
  response.removeHeader('ETag')
  const location = response.getHeader('Location')
  if (typeof location !== 'string') return
  const named = new Set([...idsIn(response.req.path), ...idsIn(JSON.stringify(body ?? ''))])
  response.setHeader('Location', veilText(location, veiling, named))
}

function idsIn(text: string): Set<string> {
  return new Set(text.toLowerCase().match(UUID))
}

function withVeiledDetails(error: unknown, veiling: Veiling): unknown {
  if (!(error instanceof TwinLedgerError)) return error
  const details = veilAnswer(error.details, veiling)
  return Object.assign(Object.create(Object.getPrototypeOf(error) as object) as TwinLedgerError, error, {
    message: error.message,
    details,
  })
}
