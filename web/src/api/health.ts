import { unreachable } from './problem.js'

export interface Health {
  ready: boolean
  checks: Record<string, { ok: boolean; detail?: string }>
}

/** An unready service answers 503 with the same report, which is not an error here. @throws ApiProblem */
export async function readHealth(signal?: AbortSignal): Promise<Health> {
  const response = await fetch('/health/ready', { signal }).catch((error: unknown) => {
    throw signal?.aborted ? error : unreachable()
  })
  return (await response.json()) as Health
}
