import { afterEach, describe, expect, it } from '@jest/globals'
import { findModel } from '../../src/models/registry/find-model.js'
import { coefficientDigest } from '../../src/models/registry/model-digests.js'
import { ModelRunner } from '../../src/simulations/execution/model-runner.js'
import type { ModelRequest } from '../../src/simulations/execution/model-request.js'
import { fromSources } from './support/runner.js'

const model = findModel('body.anthropometry')
const request = (more: Partial<ModelRequest> = {}): ModelRequest => ({
  model: model.id,
  version: model.version,
  coefficientDigest: coefficientDigest(model),
  input: {},
  ...more,
})
const cancellation = () => {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort() }
}
const endless = new URL('./support/endless.worker.js', import.meta.url)

describe('models on worker threads', () => {
  let runner: ModelRunner
  afterEach(() => runner.close())

  it('give every reason of a refusal, as on the main thread', async () => {
    runner = new ModelRunner(fromSources)
    expect(await runner.run(request())).toEqual({ status: 'refused', reasons: model.refusals({}) })
  })

  it('serve one run after the other on the same thread', async () => {
    runner = new ModelRunner({ ...fromSources, threads: 1 })
    for (let turn = 0; turn < 4; turn++)
      expect(await runner.run(request())).toEqual({ status: 'refused', reasons: model.refusals({}) })
  })

  it.each([
    ['another version', { version: '0.0.0' }, 'model-version-differs'],
    ['other coefficients', { coefficientDigest: '0'.repeat(64) }, 'model-coefficients-differ'],
  ])('compute nothing with %s', async (_, more, code) => {
    runner = new ModelRunner(fromSources)
    expect(await runner.run(request(more))).toEqual({ status: 'failed', code })
  })

  it('are ended at the time limit, and those that wait get their turn', async () => {
    runner = new ModelRunner({ script: endless, threads: 1, timeLimitMs: 200 })
    const replies = await Promise.all([runner.run(request()), runner.run(request())])
    expect(replies).toEqual(Array(2).fill({ status: 'failed', code: 'timeout' }))
  })

  describe('that are handed out together', () => {
    const sometimesEndless = new URL('./support/sometimes-endless.worker.js', import.meta.url)
    const computed = (name: string) => ({ status: 'completed', outputs: { model: name } })
    const names = ['a', 'b', 'endless', 'c', 'd']

    it('are not held up by one that does not end', async () => {
      runner = new ModelRunner({ script: sometimesEndless, threads: 1, timeLimitMs: 5_000 })
      const replies = await Promise.all(names.map((name) => runner.run(request({ model: name }))))
      const expected = names.map((name) =>
        name === 'endless' ? { status: 'failed', code: 'timeout' } : computed(name),
      )
      expect(replies).toEqual(expected)
    })

    it('go on without the one that is cancelled', async () => {
      runner = new ModelRunner({ script: sometimesEndless, threads: 1 })
      const { signal, abort } = cancellation()
      const [first, ...others] = names.map((name) =>
        runner.run(request({ model: name }), name === 'endless' ? signal : undefined),
      )
      expect(await first).toEqual(computed('a'))
      abort()
      expect(await Promise.all(others)).toEqual([computed('b'), { status: 'cancelled' }, computed('c'), computed('d')])
    })

    it('are all cancelled at once', async () => {
      runner = new ModelRunner({ script: sometimesEndless, threads: 1 })
      const { signal, abort } = cancellation()
      const [first, ...others] = names.map((name) => runner.run(request({ model: name }), signal))
      await first
      abort()
      expect(await Promise.all(others)).toEqual(Array(4).fill({ status: 'cancelled' }))
    })
  })

  it('fail what is under way and what waits when the service stops', async () => {
    runner = new ModelRunner({ script: endless, threads: 1 })
    const replies = Promise.all([runner.run(request()), runner.run(request())])
    await runner.close()
    expect(await replies).toEqual(Array(2).fill({ status: 'failed', code: 'worker-died' }))
  })

  it('fail a run whose thread cannot start', async () => {
    runner = new ModelRunner({ script: new URL('./support/missing.worker.js', import.meta.url) })
    expect(await runner.run(request())).toEqual({ status: 'failed', code: 'worker-died' })
  })
})
