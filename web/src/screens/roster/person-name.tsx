import { useState } from 'react'
import { readName } from '../../api/roster.js'
import { useAction } from '../../api/use-action.js'
import { Problem } from '../../components/problem.js'

/** A person's printed name, opened on demand: who reads it is on record. */
export function PersonName({ actor }: { actor: string }) {
  const [name, setName] = useState<string | null>()
  const { run, busy, problem } = useAction(async () => setName((await readName(actor)).name))
  if (problem) return <Problem problem={problem} />
  if (name !== undefined) return <span role="status">{name ?? 'no name on record'}</span>
  return (
    <button type="button" className="button plain" disabled={busy} onClick={() => void run()}>
      Show the name
    </button>
  )
}
