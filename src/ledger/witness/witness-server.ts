/** The HTTP interface of a witness, C2SP tlog-witness: `POST /add-checkpoint` and `GET /<origin hash>/checkpoint`. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Log } from '../../platform/logging/log.js'
import { MAX_ADD_CHECKPOINT_BYTES } from '../log/add-checkpoint.js'
import { originHash } from '../log/checkpoint.js'
import type { Contradiction } from './decide-add-checkpoint.js'
import type { Witness, WitnessAnswer } from './witness.js'

export interface WitnessServerOptions {
  /** 0 takes any free one. */
  port: number
  host: string
  log: Log
}

export interface WitnessServer {
  /** Submission and monitoring prefix. */
  url: string
  /** Stops accepting, and returns when the last answer was given. */
  close(): Promise<void>
}

/** A request that has not arrived whole after so long is given up. */
const REQUEST_TIMEOUT_MS = 15_000
const MAX_CONNECTIONS = 256
/** Who sent a request is not known: only of a fork is it certain that the log made it. */
const SAID_OF: Readonly<Record<Contradiction, string>> = {
  fork: 'The log signed another tree of the size that was cosigned last.',
  unproven: 'Somebody sent a checkpoint of the log without a proof that it extends what was cosigned.',
}
const CHECKPOINT_PATH = /^\/(?<hash>[0-9a-f]{64})\/checkpoint$/

/** Listens. TLS, where the network asks for it, is ended in front of it. */
export async function startWitnessServer(witness: Witness, options: WitnessServerOptions): Promise<WitnessServer> {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    void respond(witness, request, response, options.log)
  })
  server.maxConnections = MAX_CONNECTIONS
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  const { port } = server.address() as AddressInfo
  const host = options.host.includes(':') ? `[${options.host}]` : options.host
  return { url: `http://${host}:${port}`, close: () => close(server) }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()))
    server.closeIdleConnections()
  })
}

async function respond(witness: Witness, request: IncomingMessage, response: ServerResponse, log: Log): Promise<void> {
  try {
    const answer = await answerOf(witness, request)
    if (answer.contradiction) log.error(SAID_OF[answer.contradiction], {})
    send(response, answer)
  } catch (error) {
    if (response.destroyed) return
    log.error('A request could not be answered; nothing was cosigned.', { error })
    send(response, { status: 500, body: 'The witness cannot answer now.\n' })
  }
}

function send(response: ServerResponse, { status, contentType, body }: WitnessAnswer): void {
  // What is left of a body that was not read is not waited for.
  const headers = status === 413 ? { Connection: 'close' } : {}
  response.writeHead(status, { 'Content-Type': contentType ?? 'text/plain; charset=utf-8', ...headers }).end(body)
}

async function answerOf(witness: Witness, request: IncomingMessage): Promise<WitnessAnswer> {
  const { method, url = '/' } = request
  if (url === '/add-checkpoint') {
    if (method !== 'POST') return { status: 405, body: 'POST alone.\n' }
    const body = await readBody(request)
    return body === null ? { status: 413, body: 'Too large.\n' } : witness.addCheckpoint(body)
  }
  if (method !== 'GET') return { status: 405, body: 'GET alone.\n' }
  if (url === '/') return { status: 200, body: describe(witness) }
  const hash = CHECKPOINT_PATH.exec(url)?.groups?.hash
  const checkpoint = hash === undefined ? null : await witness.latest(hash)
  return checkpoint === null
    ? { status: 404, body: 'There is no such checkpoint.\n' }
    : { status: 200, body: checkpoint }
}

/** For whoever sets up a log or a monitor; the standard asks for no such page. */
function describe({ vkey, origins }: Witness): string {
  const logs = origins.map((origin) => `log ${origin} /${originHash(origin)}/checkpoint\n`)
  return `A witness of transparency logs (C2SP tlog-witness).\nkey ${vkey}\n${logs.join('')}`
}

/** The body as UTF-8; null when it is too large. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  // Destroyed, the request would take the connection with it, and the answer.
  const arriving: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false })
  for await (const chunk of arriving) {
    bytes += chunk.length
    if (bytes > MAX_ADD_CHECKPOINT_BYTES) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
