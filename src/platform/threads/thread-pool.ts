/** Work on worker threads: the service keeps answering, and work that takes too long is stopped for good. */
import { Worker } from 'node:worker_threads'

/**
 * What a worker says first of all, once it has loaded its code: the time limit does not count its loading. Then it is sent lists of
 * requests, each answered in its order by one or more lists of replies, as they are or as JSON text.
 */
export const READY = 'ready'

/** What comes of work that the thread did not get through; `code` is `timeout` or `worker-died`. */
export type Unfinished =
  | { status: 'failed'; code: string }
  /** Somebody said that the result is not wanted any more. */
  | { status: 'cancelled' }

export interface ThreadPoolOptions {
  /** The worker's module. */
  script: URL
  /** How Node starts it: for running from sources that Node cannot load by itself. */
  execArgv?: string[]
  /** Most pieces of work at once; default 2. Threads start when there is work for them. */
  threads?: number
  /** Work that takes longer is ended and its thread replaced. Default 30 s. */
  timeLimitMs?: number
}

interface Waiting<Request, Reply> {
  request: Request
  signal?: AbortSignal
  /** Was handed out with others before, and the thread did not get through them. */
  alone?: boolean
  settle(reply: Reply | Unfinished): void
}

const DEFAULT_THREADS = 2
const DEFAULT_TIME_LIMIT_MS = 30_000
/** Loading code takes a second or so; on a machine that does nothing else for a minute something is wrong. */
const START_LIMIT_MS = 60_000
/** Most requests in one message: waking a thread for each can cost more than the work does. */
const MOST_AT_ONCE = 50

export class ThreadPool<Request, Reply> {
  private readonly idle: Worker[] = []
  private readonly busy = new Set<Worker>()
  private readonly queue: Waiting<Request, Reply>[] = []
  private readonly options: Required<Omit<ThreadPoolOptions, 'execArgv'>> & Pick<ThreadPoolOptions, 'execArgv'>
  private closed = false

  constructor({ script, execArgv, threads = DEFAULT_THREADS, timeLimitMs = DEFAULT_TIME_LIMIT_MS }: ThreadPoolOptions) {
    this.options = { script, execArgv, threads, timeLimitMs }
  }

  /**
   * Never rejects: what cannot be finished is `failed` with a code.
   *
   * @param signal ends the work, at once and for good, and gives `cancelled`
   */
  run(request: Request, signal?: AbortSignal): Promise<Reply | Unfinished> {
    if (signal?.aborted) return Promise.resolve({ status: 'cancelled' })
    return new Promise((resolve) => {
      const leave = () => {
        const place = this.queue.indexOf(waiting)
        if (place >= 0) this.queue.splice(place, 1)[0]!.settle({ status: 'cancelled' })
      }
      const settle = (reply: Reply | Unfinished) => {
        signal?.removeEventListener('abort', leave)
        resolve(reply)
      }
      const waiting: Waiting<Request, Reply> = { request, signal, settle }
      signal?.addEventListener('abort', leave)
      this.queue.push(waiting)
      this.next()
    })
  }

  /** Ends the threads; what is under way or waits is `failed` with `worker-died`. */
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
  private takeShare(): Waiting<Request, Reply>[] {
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

  /** The time limit is that of one request: it begins anew whenever the thread answers. */
  private hand(runs: readonly Waiting<Request, Reply>[], worker: Worker, isReady: boolean): void {
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
    const heard = (message: string | Reply[]): void => {
      if (message === READY) return send()
      const replies = typeof message === 'string' ? (JSON.parse(message) as Reply[]) : message
      for (const reply of replies) runs[answered++]!.settle(reply)
      if (answered === runs.length) release(true)
      else limit(this.options.timeLimitMs, 'timeout')
    }
    const died = (): void => abandon({ status: 'failed', code: 'worker-died' })
    const cancels = runs.map((run, index) => () => {
      if (index >= answered) abandon({ status: 'cancelled' }, run)
    })
    /** Ends the thread. Which of several requests is to blame is not known, unless one was cancelled: each is tried by itself. */
    const abandon = (reply: Unfinished, cancelled?: Waiting<Request, Reply>): void => {
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
