import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { AnsweredRequest } from '../http/request-logging.middleware.js'

/** A registry of its own per application, so that two in one process (tests) do not collide, with the process's metrics. */
export function createMetrics(): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return registry
}

/** Observes the duration of answered requests by method, route pattern and status. */
export function requestDurations(registry: Registry): (answered: AnsweredRequest) => void {
  const histogram = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of answered HTTP requests.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  return ({ method, route, status, durationMs }) => histogram.observe({ method, route, status }, durationMs / 1000)
}
