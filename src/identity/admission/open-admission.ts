import type { INestApplicationContext } from '@nestjs/common'
import type { RequestHandler } from 'express'
import { Counter, Registry } from 'prom-client'
import { Configuration } from '../../platform/configuration.js'
import { TokenBuckets } from '../../platform/http/token-buckets.js'
import type { AuthenticateCaller } from '../authenticate-caller.js'
import { AUTHENTICATE_CALLER, REFUSAL_RECORDER } from '../identity.tokens.js'
import type { RefusalRecorder } from '../refusal-recorder.js'
import { admitRequests } from './admit-requests.js'

const MINUTE = 60

/** The admission of an application, with the limits of its configuration. */
export function openAdmission(app: INestApplicationContext): RequestHandler {
  const { requestsPerMinute } = app.get(Configuration, { strict: false })
  const limited = new Counter({
    name: 'http_requests_limited_total',
    help: 'Requests refused for their rate, by what was counted.',
    labelNames: ['counted'],
    registers: [app.get(Registry, { strict: false })],
  })
  return admitRequests({
    authenticate: app.get<AuthenticateCaller>(AUTHENTICATE_CALLER, { strict: false }),
    refusals: app.get<RefusalRecorder>(REFUSAL_RECORDER, { strict: false }),
    perCaller: bucketsOf(requestsPerMinute.caller),
    perAddress: bucketsOf(requestsPerMinute.address),
    onLimited: (counted) => limited.inc({ counted }),
  })
}

const bucketsOf = (perMinute: number): TokenBuckets | undefined =>
  perMinute === 0 ? undefined : new TokenBuckets(perMinute, MINUTE)
