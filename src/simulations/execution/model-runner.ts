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
  signal?: AbortSignal
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

  /**
   * Never rejects: a run that cannot be finished is `failed` with a code.
   *
   * @param signal ends the run, at once and for good, and gives `cancelled`
   */
  run(request: ModelRequest, signal?: AbortSignal): Promise<ModelReply> {
    if (signal?.aborted) return Promise.resolve({ status: 'cancelled' })
    return new Promise((resolve) => {
      const leave = () => {
        const place = this.queue.indexOf(waiting)
        if (place >= 0) this.queue.splice(place, 1)[0]!.settle({ status: 'cancelled' })
      }
      const settle = (reply: ModelReply) => {
        signal?.removeEventListener('abort', leave)
        resolve(reply)
      }
      const waiting: Waiting = { request, signal, settle }
      signal?.addEventListener('abort', leave)
      this.queue.push(waiting)
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

  private hand({ request, signal, settle }: Waiting, worker: Worker, isReady: boolean): void {
    let timer: NodeJS.Timeout | undefined
    const limit = (ms: number, code: string): void => {
      clearTimeout(timer)
      timer = setTimeout(() => finish({ status: 'failed', code }), ms)
    }
    const send = (): void => {
      limit(this.options.timeLimitMs, 'timeout')
      worker.postMessage(request)
    }
    const heard = (message: string): void =>
      message === READY ? send() : finish(JSON.parse(message) as ModelReply, true)
    const died = (): void => finish({ status: 'failed', code: 'worker-died' })
    const cancel = (): void => finish({ status: 'cancelled' })
    const finish = (reply: ModelReply, reusable = false): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', cancel)
      // One by one: a Worker listens to itself too, and without those listeners it would hear nothing more.
      worker.off('message', heard).off('error', died).off('exit', died).unref()
      this.busy.delete(worker)
      if (reusable && !this.closed) this.idle.push(worker)
      else void worker.on('error', () => undefined).terminate()
      settle(reply)
      this.next()
    }
    signal?.addEventListener('abort', cancel)
    worker.ref()
    worker.on('message', heard).once('error', died).once('exit', died)
    if (isReady) send()
    else limit(START_LIMIT_MS, 'worker-died')
  }
}
