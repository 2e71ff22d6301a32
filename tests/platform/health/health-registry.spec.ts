import { describe, expect, it } from '@jest/globals'
import { HealthRegistry } from '../../../src/platform/health/health-registry.js'

describe('the health registry', () => {
  it('is ready when nothing is registered', async () => {
    expect(await new HealthRegistry().report()).toEqual({ ready: true, checks: {} })
  })

  it('takes a check that throws for a failed one, without its words', async () => {
    const registry = new HealthRegistry()
    registry.register('store', () => Promise.reject(new Error('postgres://u:secret@db')))
    registry.register('log', async () => ({ ok: true }))
    expect(await registry.report()).toEqual({
      ready: false,
      checks: { store: { ok: false, detail: 'failed' }, log: { ok: true } },
    })
  })

  it('refuses a second check of one name', () => {
    const registry = new HealthRegistry()
    registry.register('store', async () => ({ ok: true }))
    expect(() => registry.register('store', async () => ({ ok: true }))).toThrow('registered already')
  })

  it('is not ready while the service drains', async () => {
    const registry = new HealthRegistry()
    registry.startDraining()
    expect(await registry.report()).toEqual({ ready: false, checks: { shutdown: { ok: false, detail: 'draining' } } })
  })
})
