import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'

/** What is known of the request being served, wherever in its call tree. */
export interface RequestContext {
  /** UUID that ties together everything one request causes: events, log lines, problem documents. */
  correlation: string
}

const storage = new AsyncLocalStorage<RequestContext>()
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

export function runInRequestContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work)
}

/** The context of the current request; undefined outside of any. */
export function requestContext(): RequestContext | undefined {
  return storage.getStore()
}

/** The correlation id of the current request, or a new one outside of any. */
export function currentCorrelation(): string {
  return storage.getStore()?.correlation ?? randomUUID()
}

/** The caller's correlation id when it is a UUID; else a new one, so that nothing personal slips in through a header. */
export function correlationFrom(header: string | string[] | undefined): string {
  return typeof header === 'string' && UUID.test(header) ? header.toLowerCase() : randomUUID()
}
