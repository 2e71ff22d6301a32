import { Injectable } from '@nestjs/common'
import { Counter, Registry } from 'prom-client'
import { JsonLogger } from './logging/logger.js'

export type AlertKind =
  | 'emergency-opened'
  | 'emergency-review-overdue'
  | 'account-locked'
  | 'participant-unblinded'
  | 'unblinding-review-overdue'
  | 'clock-drift'
  | 'signature-key-backdating-requested'
  | 'signature-key-backdated'
  | 'checkpoint-contradicted'
  | 'witness-quorum-missed'

/** Tells whoever watches the service, beside the event on record: a line of the log and a metric to alarm on. */
@Injectable()
export class SecurityAlerts {
  private readonly raised: Counter<'kind'>

  constructor(
    private readonly log: JsonLogger,
    metrics: Registry,
  ) {
    this.raised = new Counter({
      name: 'security_alerts_total',
      help: 'Things that a person has to look at, by kind.',
      labelNames: ['kind'],
      registers: [metrics],
    })
  }

  /** @param about codes and pseudonymous ids */
  raise(kind: AlertKind, about: Record<string, string | number>): void {
    this.raised.inc({ kind })
    this.log.warn(`Security alert: ${kind}.`, about)
  }
}
