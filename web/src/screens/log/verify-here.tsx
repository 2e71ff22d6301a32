import { useState } from 'react'
import { useAction } from '../../api/use-action.js'
import { Panel } from '../../components/panel.js'
import { Problem } from '../../components/problem.js'
import { Count, plural } from '../../components/values.js'
import { parseCheckpoint } from '../../log/checkpoint.js'
import { tilesOf } from '../../log/tiles.js'
import { verifyLog, type Served, type Verification } from '../../log/verify.js'
import { VerificationResult } from './verification-result.js'

/** Beyond this a browser is the wrong tool; the command line verifies such logs. */
const MOST_EVENTS = 2 ** 21

/** Recomputes the tree in this browser from every leaf hash. */
export function VerifyHere({ served }: { served: Served }) {
  const { size } = parseCheckpoint(served.note)
  const [tiles, setTiles] = useState<number>()
  const [result, setResult] = useState<Verification>()
  const verifying = useAction(async () => {
    setResult(undefined)
    setTiles(0)
    setResult(await verifyLog(served, setTiles, AbortSignal.timeout(10 * 60_000)))
  })
  const canVerify = globalThis.isSecureContext && size <= MOST_EVENTS
  return (
    <Panel title="Verify in this browser">
      <p>
        Fetches {plural(tilesOf(size), 'tile')} with the hashes of all <Count of={size} /> events, computes every node
        of the tree and the root, checks the signature, and compares with what this browser verified before.
      </p>
      <div className="actions">
        <button
          type="button"
          className="button primary"
          disabled={verifying.busy || !canVerify}
          onClick={() => verifying.run()}
        >
          {verifying.busy ? 'Verifying …' : 'Verify now'}
        </button>
        {!globalThis.isSecureContext && (
          <span>Browsers compute hashes only on pages served over HTTPS or from localhost.</span>
        )}
        {size > MOST_EVENTS && <span>This log is too large for a browser; use the command line below.</span>}
      </div>
      {verifying.busy && tiles !== undefined && (
        <progress max={tilesOf(size)} value={tiles} aria-label="Tiles fetched">
          {tiles} of {tilesOf(size)}
        </progress>
      )}
      {verifying.problem && <Problem problem={verifying.problem} />}
      {result && <VerificationResult result={result} />}
    </Panel>
  )
}
