/** Replays destructions before the service listens, and sweeps every minute while it runs. */
import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common'
import { JsonLogger } from '../platform/logging/logger.js'
import { Shutdown } from '../platform/shutdown.js'
import { KeyDestruction } from './key-destruction.js'

const SWEEP_MS = 60_000

@Injectable()
export class DestructionWatch implements OnModuleInit, OnApplicationBootstrap {
  private sweep: Promise<void> | undefined

  constructor(
    private readonly destruction: KeyDestruction,
    private readonly log: JsonLogger,
    private readonly shutdown: Shutdown,
  ) {}

  /** A start that cannot make sure of what was destroyed fails. */
  async onModuleInit(): Promise<void> {
    const { logReplaced, keys, ciphertexts, reinstated } = await this.destruction.replay()
    if (logReplaced || keys > 0 || ciphertexts > 0 || reinstated > 0)
      this.log.warn('Destructions were carried out again: a back-up was restored, or a process had died meanwhile.', {
        logReplaced,
        keysDestroyed: keys,
        ciphertextsDeleted: ciphertexts,
        destructionsReinstated: reinstated,
      })
  }

  onApplicationBootstrap(): void {
    const timer = setInterval(() => {
      this.sweep ??= this.sweepOnce().finally(() => (this.sweep = undefined))
    }, SWEEP_MS)
    this.shutdown.onPhase('stop-accepting', 'key destructions', () => {
      clearInterval(timer)
      return this.sweep
    })
  }

  /** A sweep that fails is made up for by the next. */
  private async sweepOnce(): Promise<void> {
    try {
      await this.destruction.sweep()
    } catch (error) {
      this.log.warn('A sweep failed; it is tried again.', { sweep: 'key destructions', error })
    }
  }
}
