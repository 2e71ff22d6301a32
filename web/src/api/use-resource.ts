import { useCallback, useEffect, useState } from 'react'
import { asProblem, type ApiProblem } from './problem.js'

export type Resource<T> = { state: 'loading' } | { state: 'failed'; problem: ApiProblem } | { state: 'ready'; data: T }

/**
 * Reads something and reads it anew when `key` changes or `reload` is called. The answer to an earlier key is dropped, so
 * that an old answer never stands under a new question.
 */
export function useResource<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
): { resource: Resource<T>; reload: () => void } {
  const [attempt, setAttempt] = useState(0)
  const [answer, setAnswer] = useState<{ to: string; resource: Resource<T> }>()
  const question = `${key}#${attempt}`

  useEffect(() => {
    const controller = new AbortController()
    const answered = (resource: Resource<T>) => {
      if (!controller.signal.aborted) setAnswer({ to: question, resource })
    }
    load(controller.signal).then(
      (data) => answered({ state: 'ready', data }),
      (error: unknown) => answered({ state: 'failed', problem: asProblem(error) }),
    )
    return () => controller.abort()
    // The key stands for everything that `load` depends on.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [question])

  const reload = useCallback(() => setAttempt((count) => count + 1), [])
  return { resource: answer?.to === question ? answer.resource : { state: 'loading' }, reload }
}
