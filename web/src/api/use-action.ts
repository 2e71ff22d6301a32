import { useState } from 'react'
import { asProblem, type ApiProblem } from './problem.js'

/** Something a person sets off: whether it runs, and how it failed. */
export interface Action<Input extends unknown[]> {
  run: (...input: Input) => Promise<void>
  busy: boolean
  problem: ApiProblem | undefined
}

export function useAction<Input extends unknown[]>(perform: (...input: Input) => Promise<void>): Action<Input> {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem>()
  const run = async (...input: Input) => {
    setBusy(true)
    setProblem(undefined)
    try {
      await perform(...input)
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  return { run, busy, problem }
}
