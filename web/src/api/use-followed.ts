import { useCallback, useEffect, useState } from 'react'
import { asProblem } from './problem.js'
import type { Resource } from './use-resource.js'

const EVERY_MS = 3_000

/** Reads something every few seconds until it is over; what was read last stays meanwhile. `reload` begins anew. */
export function useFollowed<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
  isOver: (data: T) => boolean,
): { resource: Resource<T>; reload: () => void } {
  const [attempt, setAttempt] = useState(0)
  const [answer, setAnswer] = useState<{ key: string; resource: Resource<T> }>()

  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async () => {
      try {
        const data = await load(signal)
        if (signal.aborted) return
        setAnswer({ key, resource: { state: 'ready', data } })
        if (!isOver(data)) timer = setTimeout(() => void look(), EVERY_MS)
      } catch (error) {
        if (!signal.aborted) setAnswer({ key, resource: { state: 'failed', problem: asProblem(error) } })
      }
    }
    void look()
    return () => {
      controller.abort()
      clearTimeout(timer)
    }
    // The key stands for everything that `load` depends on.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, attempt])

  const reload = useCallback(() => setAttempt((count) => count + 1), [])
  return { resource: answer?.key === key ? answer.resource : { state: 'loading' }, reload }
}
