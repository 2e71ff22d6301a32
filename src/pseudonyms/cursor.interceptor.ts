import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common'
import type { Bundle } from 'fhir/r4.js'
import type { Request } from 'express'
import { map, type Observable } from 'rxjs'
import type { CallerRequest } from '../identity/current-caller.js'
import { SealedCursors } from './sealed-cursors.js'

/** The next page, in a FHIR searchset. */
const CURSOR_IN_LINK = /([?&]cursor=)([\w-]+)/

/** Seals the cursor of every page that leaves, and opens it when it comes back, so that no list can forget to. */
@Injectable()
export class CursorInterceptor implements NestInterceptor {
  constructor(private readonly cursors: SealedCursors) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = execution.switchToHttp().getRequest<Request & CallerRequest>()
    // What an act answers with as its `next` goes into the body of the act that follows.
    if (request.method !== 'GET') return next.handle()
    const { cursor, ...query } = request.query
    const boundTo = [request.caller?.id ?? '', request.path]
    if (typeof cursor === 'string') {
      const opened = { ...query, cursor: this.cursors.open(cursor, boundTo) }
      // Express parses the query anew at each look; what is put in its place stays.
      Object.defineProperty(request, 'query', { value: opened, writable: true, configurable: true })
    }
    return next.handle().pipe(map((answer: unknown) => this.sealed(answer, boundTo)))
  }

  private sealed(answer: unknown, boundTo: readonly string[]): unknown {
    if (typeof answer !== 'object' || answer === null) return answer
    const { next, resourceType } = answer as { next?: unknown; resourceType?: unknown }
    if (typeof next === 'string') return { ...answer, next: this.cursors.seal(next, boundTo) }
    return resourceType === 'Bundle' ? this.sealedBundle(answer as Bundle, boundTo) : answer
  }

  private sealedBundle({ link, ...bundle }: Bundle, boundTo: readonly string[]): Bundle {
    if (link === undefined) return bundle
    const seal = (url: string) =>
      url.replace(CURSOR_IN_LINK, (_, before: string, cursor: string) => before + this.cursors.seal(cursor, boundTo))
    return { ...bundle, link: link.map(({ url, ...same }) => ({ ...same, url: seal(url) })) }
  }
}
