import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common'
import type { Request, Response } from 'express'
import { defer, from, mergeMap, type Observable } from 'rxjs'
import { InvalidRequest } from '../platform/errors.js'
import { ProjectionEngine } from '../projections/projection-engine.js'

/** On answers: everything below this position is reflected. */
export const LEDGER_POSITION = 'Ledger-Position'
/** On requests: answer only once everything below this position is reflected. */
export const LEDGER_WAIT_FOR = 'Ledger-Wait-For'

/**
 * Lets a caller read its own writes: a write answers with the position it reached, a read may ask to wait for it.
 *
 * Refuses with `position-invalid`, `position-in-future` (400) or `projection-behind` (503).
 */
@Injectable()
export class LedgerPositionInterceptor implements NestInterceptor {
  constructor(@Inject(ProjectionEngine) private readonly projections: ProjectionEngine) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp()
    const wanted = http.getRequest<Request>().header(LEDGER_WAIT_FOR)
    const response = http.getResponse<Response>()
    return defer(() => from(this.reach(wanted))).pipe(
      mergeMap((position) => {
        response.setHeader(LEDGER_POSITION, String(position))
        return next.handle()
      }),
    )
  }

  private async reach(wanted: string | undefined): Promise<number> {
    if (wanted !== undefined) {
      if (!/^\d{1,15}$/.test(wanted))
        throw new InvalidRequest('position-invalid', `${LEDGER_WAIT_FOR} is a whole number.`)
      await this.projections.waitFor(Number(wanted))
    }
    return this.projections.position()
  }
}

/** Names in the answer to a write the position that a read has to wait for to see it; null: nothing was written. */
export function positioned<Answer extends { position: number | null }>(response: Response, answer: Answer): Answer {
  if (answer.position !== null) response.setHeader(LEDGER_POSITION, String(answer.position + 1))
  return answer
}
