import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { folderLogSource } from '../../../src/ledger/log/folder-log-source.js'
import { httpLogSource } from '../../../src/ledger/log/http-log-source.js'
import { verifyLog } from '../../../src/ledger/log/verify-log.js'
import { checkpointOf, sampleLog, signer, writeLog } from './support/sample-log.js'

const log = sampleLog(1_000)

describe('a log in a folder', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'twin-ledger-log-'))
    await writeLog(folder, log)
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('verifies', async () => {
    await expect(verifyLog(folderLogSource(folder), { vkey: signer.vkey })).resolves.toMatchObject({ entries: 1_000 })
  })

  it('tells what is missing', async () => {
    const source = folderLogSource(join(folder, 'elsewhere'))
    await expect(source.checkpoint()).rejects.toMatchObject({ code: 'checkpoint-missing' })
    await expect(source.tile(0, 0, 256)).rejects.toMatchObject({ code: 'tile-missing' })
    await expect(source.entries(0, 256)).rejects.toMatchObject({ code: 'entries-missing' })
  })

  it('does not read a tile that is larger than a tile can be', async () => {
    await mkdir(join(folder, 'tile/9'), { recursive: true })
    await writeFile(join(folder, 'tile/9/000'), Buffer.alloc(8_193))
    await expect(folderLogSource(folder).tile(9, 0, 256)).rejects.toMatchObject({ code: 'resource-too-large' })
  })
})

describe('a log over HTTP', () => {
  let server: Server
  let prefix: string
  let requests: { path: string; authorization?: string }[]
  /** Answers in place of the log where it returns true. */
  let intercept: (request: IncomingMessage, response: ServerResponse) => boolean
  const impatient = { attempts: 3, retryDelayMs: 1, timeoutMs: 60_000 }

  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = request.url!.replace('/log/', '')
      requests.push({ path, authorization: request.headers.authorization })
      if (intercept(request, response)) return
      const bytes = log.get(path)
      response.writeHead(bytes ? 200 : 404).end(bytes)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    prefix = `http://127.0.0.1:${(server.address() as AddressInfo).port}/log/`
  })
  beforeEach(() => {
    requests = []
    intercept = () => false
  })
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  it('verifies, and shows the token with entry bundles only', async () => {
    const source = httpLogSource(prefix, { token: 'secret' })
    await expect(verifyLog(source, { vkey: signer.vkey })).resolves.toMatchObject({ entries: 1_000 })
    for (const { path, authorization } of requests) {
      expect(authorization).toBe(path.startsWith('tile/entries/') ? 'Bearer secret' : undefined)
    }
    expect(requests.filter(({ authorization }) => authorization)).toHaveLength(4)
  })

  it('is asked again when it fails for a moment', async () => {
    let failures = 2
    intercept = (_, response) => {
      if (failures-- <= 0) return false
      response.writeHead(503).end()
      return true
    }
    await expect(httpLogSource(prefix, impatient).checkpoint()).resolves.toBe(checkpointOf(log))
    expect(requests).toHaveLength(3)
  })

  it('is asked again when the connection breaks within the body', async () => {
    let failures = 1
    intercept = (_, response) => {
      if (failures-- <= 0) return false
      response.writeHead(200, { 'content-length': '8192' }).write('x'.repeat(100), () => response.destroy())
      return true
    }
    await expect(httpLogSource(prefix, impatient).tile(0, 0, 256)).resolves.toEqual(log.get('tile/0/000'))
  })

  it('is given up after the attempts agreed on', async () => {
    intercept = (_, response) => {
      response.writeHead(503).end()
      return true
    }
    await expect(httpLogSource(prefix, impatient).checkpoint()).rejects.toMatchObject({
      code: 'log-unreachable',
      details: { reason: 503 },
    })
    expect(requests).toHaveLength(3)
  })

  it('is not asked again when another attempt cannot help', async () => {
    intercept = (_, response) => {
      response.writeHead(401).end()
      return true
    }
    await expect(httpLogSource(prefix, impatient).entries(0, 256)).rejects.toMatchObject({
      code: 'log-access-denied',
    })
    expect(requests).toHaveLength(1)
  })

  it('is given up when it does not answer in time', async () => {
    intercept = () => true
    const source = httpLogSource(prefix, { attempts: 1, timeoutMs: 50 })
    await expect(source.checkpoint()).rejects.toMatchObject({
      code: 'log-unreachable',
      details: { reason: 'TimeoutError' },
    })
  })

  it.each([
    ['tile', 8_192],
    ['bundle', 256 * 65_537],
  ] as const)('is cut off when a %s is larger than one can be', async (kind, most) => {
    let sent = 0
    intercept = (_, response) => {
      const pour = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) sent += 65_536
      }
      response.on('drain', pour)
      pour()
      return true
    }
    const source = httpLogSource(prefix, impatient)
    const read = kind === 'tile' ? source.tile(0, 0, 256) : source.entries(0, 256)
    await expect(read).rejects.toMatchObject({ code: 'resource-too-large', details: { maxBytes: most } })
    expect(requests).toHaveLength(1)
    expect(sent).toBeLessThan(most + 32_000_000)
  })

  it('has an http or https address', () => {
    for (const address of ['ftp://log.example.org', 'log.example.org', '', 'file:///etc']) {
      expect(() => httpLogSource(address)).toThrow(expect.objectContaining({ code: 'log-url-invalid' }))
    }
  })
})
