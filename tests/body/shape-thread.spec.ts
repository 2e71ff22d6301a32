import { afterEach, describe, expect, it } from '@jest/globals'
import { composeLeftVentricle } from '../../src/body/compose/compose-body.js'
import { inspectMesh } from '../../src/body/mesh/inspect-mesh.js'
import { ShapeThread } from '../../src/body/thread/shape-thread.js'
import { shapesFromSources } from '../support/threads-from-sources.js'
import { HEALTHY } from './support.js'

const OF = { twin: '3c0f3c52-8f0e-4a0e-9a34-111111111111', revision: 7, named: true }
const SELECTED = {
  inputs: Object.entries(HEALTHY).map(([input, value]) => ({ input, value, basis: 'recorded' as const, sources: [] })),
  excluded: [],
  reasons: [],
}

describe('shapes on a thread of their own', () => {
  let shapes: ShapeThread
  afterEach(() => shapes.close())

  it('are the same bytes, and found to be the same, as on the thread that asks', async () => {
    shapes = new ShapeThread(shapesFromSources)
    const here = await composeLeftVentricle(OF, SELECTED)
    const there = await shapes.compose({ do: 'compose-left-ventricle', of: OF, selected: SELECTED })
    if (!('glb' in here) || !('glb' in there)) throw new Error('The ventricle of the example was refused.')
    expect(Buffer.compare(there.glb, here.glb)).toBe(0)
    expect(await shapes.inspect(there.glb)).toEqual(inspectMesh(here.glb))
  })

  it('are given up at the time limit, and the refusal says why', async () => {
    const endless = new URL('../simulations/support/endless.worker.js', import.meta.url)
    shapes = new ShapeThread({ script: endless, timeLimitMs: 200 })
    const asked = shapes.inspect(new Uint8Array(4))
    await expect(asked).rejects.toMatchObject({ code: 'shape-unfinished', details: { reason: 'timeout' } })
  })

  it('that make the thread fail are refused without what was thrown', async () => {
    shapes = new ShapeThread(shapesFromSources)
    const broken = { ...SELECTED, inputs: null as unknown as typeof SELECTED.inputs }
    const asked = shapes.compose({ do: 'compose-left-ventricle', of: OF, selected: broken })
    await expect(asked).rejects.toMatchObject({ code: 'shape-unfinished', details: { reason: 'shape-threw' } })
  })
})
