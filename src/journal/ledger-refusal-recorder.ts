import { Counter, type Registry } from 'prom-client'
import type { Refusal, RefusalRecorder } from '../identity/refusal-recorder.js'
import type { AccessRecorder } from './access-recorder.js'

/**
 * Keeps refusals as events. Those of callers nobody could verify are only counted: strangers must not be able to grow
 * the log, and there is no one to attribute them to.
 */
export function ledgerRefusalRecorder(access: () => AccessRecorder, metrics: Registry): RefusalRecorder {
  const unverified = new Counter({
    name: 'unverified_requests_refused_total',
    help: 'Requests refused because no caller could be verified, by code.',
    labelNames: ['code'],
    registers: [metrics],
  })
  return {
    async record({ caller, action, code, correlation }: Refusal) {
      if (caller === undefined) return unverified.inc({ code })
      const { id, role, org } = caller
      const actor = { id, role, ...(org !== undefined && { org }) }
      await access().refused({ actor, correlation }, { action: action ?? 'none', code })
    },
  }
}
