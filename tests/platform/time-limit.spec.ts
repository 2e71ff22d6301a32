import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { withTimeLimit } from '../../src/platform/time-limit.js'

describe('a time limit', () => {
  /** Takes every request and never answers. */
  let mute: Server
  let url: string
  beforeAll(async () => {
    mute = createServer(() => undefined)
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(mute.address() as AddressInfo).port}`
  })
  afterAll(() => {
    mute.closeAllConnections()
    mute.close()
  })

  it('holds, whatever the garbage collector does meanwhile', async () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const collecting = setInterval(collect, 20)
    try {
      const stop = new AbortController().signal
      await expect(withTimeLimit(300, stop, (signal) => fetch(url, { signal }))).rejects.toMatchObject({
        name: 'TimeoutError',
      })
    } finally {
      clearInterval(collecting)
    }
  })

  it('ends with what it was stopped for, also when that was before', async () => {
    const stop = new AbortController()
    const asked = withTimeLimit(300_000, stop.signal, (signal) => fetch(url, { signal }))
    stop.abort(new Error('stopped'))
    await expect(asked).rejects.toThrow('stopped')
    await expect(withTimeLimit(300_000, stop.signal, (signal) => fetch(url, { signal }))).rejects.toThrow('stopped')
  })

  it('gives what the work gives', async () => {
    expect(await withTimeLimit(300_000, undefined, async () => 'done')).toBe('done')
  })
})
