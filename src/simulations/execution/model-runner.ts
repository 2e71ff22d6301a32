/** Runs models on worker threads: the service keeps answering, and a run that takes too long is stopped for good. */
import { Worker } from 'node:worker_threads'
import { type ModelReply, type ModelRequest, READY } from './model-request.js'

export interface ModelRunnerOptions {
  /** Most runs at once; default 2. */
  threads?: number
  /** A run that takes longer is ended and its thread replaced. Default 30 s. */
  timeLimitMs?: number
  /** The worker's module, and how Node starts it: for running from sources that Node cannot load by itself. */
  script?: URL
  execArgv?: string[]
}

interface Waiting {
  request: ModelRequest
  settle(reply: ModelReply): void
}

const DEFAULT_THREADS = 2
const DEFAULT_TIME_LIMIT_MS = 30_000
/** Loading the models takes a second or so; on a machine that does nothing else for a minute something is wrong. */
const START_LIMIT_MS = 60_000

export class ModelRunner {
  private readonly idle: Worker[] = []
  private readonly busy = new Set<Worker>()
  private readonly queue: Waiting[] = []
  private readonly options: Required<Omit<ModelRunnerOptions, 'execArgv'>> & Pick<ModelRunnerOptions, 'execArgv'>
  private closed = false

  constructor({ threads, timeLimitMs, script, execArgv }: ModelRunnerOptions = {}) {
    this.options = {
      threads: threads ?? DEFAULT_THREADS,
      timeLimitMs: timeLimitMs ?? DEFAULT_TIME_LIMIT_MS,
      script: script ?? new URL('./model.worker.js', import.meta.url),
      execArgv,
    }
  }

  /** Never rejects: a run that cannot be finished is `failed` with a code. */
  run(request: ModelRequest): Promise<ModelReply> {
    return new Promise((resolve) => {
      this.queue.push({ request, settle: resolve })
      this.next()
    })
  }

  /** Ends the threads; runs that are under way or wait are `failed` with `worker-died`. */
  async close(): Promise<void> {
    this.closed = true
    for (const { settle } of this.queue.splice(0)) settle({ status: 'failed', code: 'worker-died' })
    await Promise.all([...this.idle.splice(0), ...this.busy].map((worker) => worker.terminate()))
  }

  private next(): void {
    if (this.closed || this.queue.length === 0) return
    const waiting = this.idle.pop()
    const worker = waiting ?? (this.busy.size < this.options.threads ? this.start() : undefined)
    if (!worker) return
    this.busy.add(worker)
    this.hand(this.queue.shift()!, worker, worker === waiting)
  }

  private start(): Worker {
    const { script, execArgv } = this.options
    const worker = new Worker(script, execArgv === undefined ? {} : { execArgv })
    // Threads that wait for work do not keep the process alive.
    worker.unref()
    return worker
  }

  private hand({ request, settle }: Waiting, worker: Worker, isReady: boolean): void {
    const finish = (reply: ModelReply, reusable = false): void => {
      clearTimeout(timer)
      worker.removeAllListeners()
      worker.unref()
      this.busy.delete(worker)
      if (reusable && !this.closed) this.idle.push(worker)
      else void worker.on('error', () => undefined).terminate()
      settle(reply)
      this.next()
    }
    const send = (): void => {
      timer = setTimeout(() => finish({ status: 'failed', code: 'timeout' }), this.options.timeLimitMs)
      worker.postMessage(request)
    }
    let timer = setTimeout(() => finish({ status: 'failed', code: 'worker-died' }), START_LIMIT_MS)
    worker.ref()
    worker.on('message', (message: string) => {
      clearTimeout(timer)
      if (message === READY) send()
      else finish(JSON.parse(message) as ModelReply, true)
    })
    worker.once('error', () => finish({ status: 'failed', code: 'worker-died' }))
    worker.once('exit', () => finish({ status: 'failed', code: 'worker-died' }))
    if (isReady) {
      clearTimeout(timer)
      send()
    }
  }
}
