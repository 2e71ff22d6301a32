import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  StreamableFile,
} from '@nestjs/common'
import type { Request } from 'express'
import { mergeMap, type Observable } from 'rxjs'
import type { CallerRequest } from '../identity/current-caller.js'
import { isUuid } from '../ledger/event-header.js'
import { AccessRecorder } from './access-recorder.js'
import { contextOf } from './current-context.js'

/** The search of the trail says itself what it found: its filter is more than names of fields. */
const RECORDS_ITSELF = /^\/api\/v1\/audit\/?$/

/**
 * An inspector's look at any list is recorded before the list is sent: which one, by which fields, how many were found. One record
 * that is opened says so itself. The record is kept from those whom the inspector looks at.
 */
@Injectable()
export class InspectionSearchesInterceptor implements NestInterceptor {
  constructor(private readonly access: AccessRecorder) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = execution.switchToHttp().getRequest<Request & CallerRequest>()
    const { caller, method, path } = request
    const isOfOne = /:\w+$/.test((request.route as { path: string }).path)
    if (caller?.role !== 'regulator' || method !== 'GET' || isOfOne || RECORDS_ITSELF.test(path)) return next.handle()
    return next.handle().pipe(
      mergeMap(async (answer: unknown) => {
        const found = lengthOfList(answer)
        if (found !== undefined) await this.access.searched(contextOf(caller), searchIn(request, found))
        return answer
      }),
    )
  }
}

/** How many a list holds: an answer that is an array, or the first of its members that is. */
function lengthOfList(answer: unknown): number | undefined {
  if (typeof answer !== 'object' || answer === null || answer instanceof StreamableFile || ArrayBuffer.isView(answer))
    return undefined
  if (Array.isArray(answer)) return answer.length
  if ('resourceType' in answer && answer.resourceType === 'Bundle' && !('entry' in answer)) return 0
  return Object.values(answer).find((member) => Array.isArray(member))?.length
}

function searchIn({ path, params, query }: Request, found: number) {
  const { subject, trial } = { ...params, ...query } as Record<string, unknown>
  const named = (id: unknown) => (typeof id === 'string' && isUuid(id) ? id : undefined)
  return {
    what: listOf(path),
    by: Object.keys(query).filter((field) => FIELD.test(field)),
    found,
    subject: named(subject),
    trial: named(trial),
  }
}

/** Names of fields are ours; whatever else a query string holds is not repeated. */
const FIELD = /^[a-z][A-Za-z]{0,31}$/

/** `GET /api/v1/trials/<id>/enrolments` is `trials enrolments`: the path without ids. */
function listOf(path: string): string {
  return path
    .split('/')
    .filter((part) => /^[A-Za-z][A-Za-z-]{2,}$/.test(part) && part !== 'api' && part !== 'fhir')
    .join(' ')
}
