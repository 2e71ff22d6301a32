/** Bundle hashing on worker threads: a whole-log verification is nearly all SHA-256, and tiles are independent. */
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { IntegrityError } from '../../platform/errors.js'
import { type BundleHasher, type HashedBundle, inlineHasher } from './bundle-hasher.js'

export interface HashRequest {
  id: number
  bundle: Uint8Array
  width: number
}

export type HashReply = { id: number } & (
  { hashes: Uint8Array; root: Uint8Array | null } | { code: string; message: string; details: Record<string, unknown> }
)

interface Pending {
  resolve(hashed: HashedBundle): void
  reject(error: Error): void
}

const WORKER = new URL('./bundle-hasher.worker.js', import.meta.url)
/** Below this many leaves, starting threads takes longer than they save. */
const WORTHWHILE_LEAVES = 32_768
const MAX_THREADS = 8

/**
 * The hasher for a log of `size` leaves: on as many threads as the machine has cores, at most 8; in this thread for a small
 * log, and when run from TypeScript sources, which a worker cannot load.
 *
 * @param threads overrides the number of worker threads; 0 for none
 */
export function bundleHasherFor(size: number, threads = Math.min(availableParallelism(), MAX_THREADS)): BundleHasher {
  const compiled = existsSync(fileURLToPath(WORKER))
  return threads > 0 && size >= WORTHWHILE_LEAVES && compiled ? new WorkerHasher(threads) : inlineHasher
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Memory can be handed to a thread without a copy where the bytes are all it holds; Node pools small Buffers. */
function transferable(bytes: Buffer): ArrayBuffer[] {
  const { buffer } = bytes
  return buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength ? [buffer] : []
}

class WorkerHasher implements BundleHasher {
  private readonly workers: Worker[]
  private readonly pending = new Map<number, Pending>()
  private requests = 0

  constructor(threads: number) {
    this.workers = Array.from({ length: threads }, () => {
      const worker = new Worker(WORKER)
      worker.on('message', (reply: HashReply) => this.settle(reply))
      worker.on('error', (error) => this.fail(error))
      return worker
    })
  }

  hash(bundle: Buffer, width: number): Promise<HashedBundle> {
    const id = this.requests++
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject })
      const request: HashRequest = { id, bundle, width }
      this.workers[id % this.workers.length]!.postMessage(request, transferable(bundle))
    })
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()))
    this.fail(new Error('The hashing threads were stopped.'))
  }

  private settle(reply: HashReply): void {
    const waiting = this.pending.get(reply.id)
    this.pending.delete(reply.id)
    if ('code' in reply) waiting?.reject(new IntegrityError(reply.code, reply.message, reply.details))
    else waiting?.resolve({ hashes: asBuffer(reply.hashes), root: reply.root && asBuffer(reply.root) })
  }

  private fail(error: Error): void {
    for (const { reject } of this.pending.values()) reject(error)
    this.pending.clear()
  }
}
