import { useState } from 'react'
import { replayRun, type Replay } from '../../api/simulations.js'
import { useAction } from '../../api/use-action.js'
import { Notice } from '../../components/notice.js'
import { Panel } from '../../components/panel.js'
import { Problem } from '../../components/problem.js'
import { useMay } from '../../session/use-session.js'

/** Computes the run again from what is on record alone and shows how the results compare. */
export function ReplayPanel({ run, replayed }: { run: string; replayed: () => void }) {
  const [result, setResult] = useState<Replay>()
  const replaying = useAction(async () => {
    setResult(undefined)
    setResult(await replayRun(run))
  })
  if (!useMay('simulation.replay')) return null
  return (
    <Panel title="Run it again">
      <p className="quiet">
        Computes the run anew from the recorded inputs and compares the digests of the results. The comparison is
        recorded.
      </p>
      <div className="actions">
        <button type="button" className="button primary" disabled={replaying.busy} onClick={() => replaying.run()}>
          {replaying.busy ? 'Computing …' : 'Run again and compare'}
        </button>
        {result && (
          <button type="button" className="button" onClick={replayed}>
            Show it on record
          </button>
        )}
      </div>
      {replaying.problem && <Problem problem={replaying.problem} />}
      {result && <Comparison result={result} />}
    </Panel>
  )
}

function Comparison({ result: { equal, firstDifference, codeChanged } }: { result: Replay }) {
  return (
    <Notice tone={equal ? 'good' : 'bad'} live>
      <p>
        <strong>
          {equal
            ? 'The results are equal, to the last bit.'
            : `The results differ, first in ${firstDifference ?? 'their shape'}.`}
        </strong>{' '}
        {codeChanged
          ? "The model's code has changed since the run; its version and coefficients have not."
          : 'Code and coefficients are those of the run.'}
      </p>
    </Notice>
  )
}
