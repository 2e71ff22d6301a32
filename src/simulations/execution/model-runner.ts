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
  /** Was handed out with others before, and the thread did not get through them. */
  alone?: boolean
  settle(reply: ModelReply): void
}

const DEFAULT_THREADS = 2
const DEFAULT_TIME_LIMIT_MS = 30_000
/** Loading the models takes a second or so; on a machine that does nothing else for a minute something is wrong. */
const START_LIMIT_MS = 60_000
/** Most runs in one message: waking a thread for each costs more than a closed form does. */
const MOST_AT_ONCE = 50

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
    this.hand(this.takeShare(), worker, worker === waiting)
  }

  /** What waits, divided fairly among the threads. */
  private takeShare(): Waiting[] {
    const share = Math.min(Math.ceil(this.queue.length / this.options.threads), MOST_AT_ONCE)
    const firstAlone = this.queue.slice(0, share).findIndex(({ alone }) => alone === true)
    return this.queue.splice(0, firstAlone < 0 ? share : Math.max(firstAlone, 1))
  }

  private start(): Worker {
    const { script, execArgv } = this.options
    const worker = new Worker(script, execArgv === undefined ? {} : { execArgv })
    // Threads that wait for work do not keep the process alive.
    worker.unref()
    return worker
  }

  /** The time limit is that of one run: it begins anew whenever the thread answers. */
  private hand(runs: readonly Waiting[], worker: Worker, isReady: boolean): void {
    let timer: NodeJS.Timeout | undefined
    let answered = 0
    const limit = (ms: number, code: string): void => {
      clearTimeout(timer)
      timer = setTimeout(() => abandon({ status: 'failed', code }), ms)
    }
    const send = (): void => {
      limit(this.options.timeLimitMs, 'timeout')
      worker.postMessage(runs.map(({ request }) => request))
    }
    const heard = (message: string): void => {
      if (message === READY) return send()
      for (const reply of JSON.parse(message) as ModelReply[]) runs[answered++]!.settle(reply)
      if (answered === runs.length) release(true)
      else limit(this.options.timeLimitMs, 'timeout')
    }
    const died = (): void => abandon({ status: 'failed', code: 'worker-died' })
    const cancels = runs.map((run, index) => () => {
      if (index >= answered) abandon({ status: 'cancelled' }, run)
    })
    /** Ends the thread. Which of several runs is to blame is not known, unless one was cancelled: each is tried by itself. */
    const abandon = (reply: ModelReply, cancelled?: Waiting): void => {
      const left = runs.slice(answered)
      const ended = left.length === 1 || this.closed ? left : cancelled ? [cancelled] : []
      this.queue.unshift(
        ...left.filter((run) => !ended.includes(run)).map((run) => Object.assign(run, { alone: true })),
      )
      for (const { settle } of ended) settle(reply)
      release(false)
    }
    const release = (reusable: boolean): void => {
      clearTimeout(timer)
      runs.forEach(({ signal }, index) => signal?.removeEventListener('abort', cancels[index]!))
      // One by one: a Worker listens to itself too, and without those listeners it would hear nothing more.
      worker.off('message', heard).off('error', died).off('exit', died).unref()
      this.busy.delete(worker)
      if (reusable && !this.closed) this.idle.push(worker)
      else void worker.on('error', () => undefined).terminate()
      // Signals are often given to many runs at once: those that follow leave the queue before it is looked at.
      queueMicrotask(() => this.next())
    }
    runs.forEach(({ signal }, index) => signal?.addEventListener('abort', cancels[index]!))
    worker.ref()
    worker.on('message', heard).once('error', died).once('exit', died)
    if (isReady) send()
    else limit(START_LIMIT_MS, 'worker-died')
  }
}
