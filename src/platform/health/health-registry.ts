import { Injectable } from '@nestjs/common'

export interface CheckResult {
  ok: boolean
  /** Shown to anyone who asks: a state or a number, nothing confidential. */
  detail?: string
}

export type HealthCheck = () => Promise<CheckResult>

export interface HealthReport {
  ready: boolean
  checks: Record<string, CheckResult>
}

const PATIENCE_MS = 5_000

/** Where each room says how to find out whether it works. */
@Injectable()
export class HealthRegistry {
  private readonly checks = new Map<string, HealthCheck>()
  private draining = false

  /**
   * @param name kebab-case and unique, for example `projection-audit`
   * @throws Error when the name is taken
   */
  register(name: string, check: HealthCheck): void {
    if (this.checks.has(name)) throw new Error(`Health check ${name} is registered already.`)
    this.checks.set(name, check)
  }

  /** From now on not ready, so that a load balancer sends nothing new while the rest is finished. */
  startDraining(): void {
    this.draining = true
  }

  /** Runs every check at once; one that throws or takes longer than five seconds has failed. */
  async report(): Promise<HealthReport> {
    const entries = await Promise.all([...this.checks].map(async ([name, check]) => [name, await run(check)] as const))
    const checks = Object.fromEntries(entries)
    if (this.draining) checks.shutdown = { ok: false, detail: 'draining' }
    return { ready: Object.values(checks).every(({ ok }) => ok), checks }
  }
}

async function run(check: HealthCheck): Promise<CheckResult> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<CheckResult>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, detail: 'timeout' }), PATIENCE_MS)
  })
  try {
    return await Promise.race([check(), timeout])
  } catch {
    return { ok: false, detail: 'failed' }
  } finally {
    clearTimeout(timer)
  }
}
