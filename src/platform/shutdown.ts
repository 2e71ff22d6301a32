import { silentLog, type Log } from './logging/log.js'

/** The order of a graceful stop: first nothing new comes in, last the database that everything wrote to goes. */
export const SHUTDOWN_PHASES = ['stop-accepting', 'drain', 'close-stores', 'stop-database'] as const
export type ShutdownPhase = (typeof SHUTDOWN_PHASES)[number]

interface Step {
  phase: ShutdownPhase
  name: string
  run: () => Promise<unknown> | unknown
}

export interface ShutdownOptions {
  log?: Log
  /** Longest a single step may take, in milliseconds; default 30,000. A step that hangs must not keep the rest open. */
  stepTimeoutMs?: number
}

/**
 * Collects what has to be closed and closes it in order: the steps of a phase at once, the phases one after the other.
 * A step that fails or hangs is reported and does not keep later phases from closing.
 */
export class Shutdown {
  private readonly steps: Step[] = []
  private running: Promise<boolean> | undefined
  private signalled = false
  private readonly log: Log
  private readonly stepTimeoutMs: number

  constructor({ log = silentLog, stepTimeoutMs = 30_000 }: ShutdownOptions = {}) {
    this.log = log
    this.stepTimeoutMs = stepTimeoutMs
  }

  onPhase(phase: ShutdownPhase, name: string, run: Step['run']): void {
    this.steps.push({ phase, name, run })
  }

  /** True once a signal asked for the stop. */
  get asked(): boolean {
    return this.signalled
  }

  /** Runs the steps; repeated calls share one run. @returns true when every step succeeded */
  run(): Promise<boolean> {
    this.running ??= this.runPhases()
    return this.running
  }

  /**
   * Stops gracefully on SIGTERM and SIGINT, then ends the process: 0 when all went well, else 1. A second signal ends it
   * at once.
   */
  listen(exit: (code: number) => void = (code) => process.exit(code)): void {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (this.running) return exit(1)
        this.signalled = true
        this.log.info('Stopping.', { signal })
        void this.run().then((clean) => exit(clean ? 0 : 1))
      })
    }
  }

  private async runPhases(): Promise<boolean> {
    let clean = true
    for (const phase of SHUTDOWN_PHASES) {
      const steps = this.steps.filter((step) => step.phase === phase)
      const results = await Promise.all(steps.map((step) => this.runStep(step)))
      clean &&= results.every(Boolean)
    }
    return clean
  }

  private async runStep({ phase, name, run }: Step): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`took longer than ${this.stepTimeoutMs} ms`)), this.stepTimeoutMs)
    })
    try {
      await Promise.race([Promise.resolve().then(run), timeout])
      return true
    } catch (error) {
      this.log.error('A shutdown step failed.', { phase, name, error })
      return false
    } finally {
      clearTimeout(timer)
    }
  }
}
