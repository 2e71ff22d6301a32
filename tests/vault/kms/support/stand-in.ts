/** An HTTP server on a free port of this machine that a test can make fail. */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Answer {
  status: number
  body?: object
}

export interface StandIn {
  url: string
  /** Requests seen. */
  readonly requests: number
  /** Answers so many requests with this status from now on; `hang` leaves them unanswered. */
  fail(requests: number, how: number | 'hang'): void
  close(): Promise<void>
}

export async function startStandIn(
  contentType: string,
  answer: (request: IncomingMessage, body: Record<string, unknown>) => Answer,
): Promise<StandIn> {
  let failing: { left: number; how: number | 'hang' } = { left: 0, how: 503 }
  let requests = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      requests++
      const failed = failing.left > 0
      if (failed) failing.left--
      if (failed && failing.how === 'hang') return
      const text = Buffer.concat(chunks).toString('utf8')
      const { status, body } = failed
        ? { status: failing.how as number, body: { errors: ['failing on purpose'] } }
        : answer(request, text === '' ? {} : (JSON.parse(text) as Record<string, unknown>))
      response.writeHead(status, { 'content-type': contentType })
      response.end(body && JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get requests() {
      return requests
    },
    fail: (left, how) => (failing = { left, how }),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
