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
