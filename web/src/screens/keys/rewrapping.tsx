import { useRef, useState } from 'react'
import { rewrapKeys, type KeyEncryptionKey } from '../../api/keys.js'
import { useAction } from '../../api/use-action.js'
import { Notice } from '../../components/notice.js'
import { Panel } from '../../components/panel.js'
import { Problem } from '../../components/problem.js'
import { plural } from '../../components/values.js'

interface Done {
  rewrapped: number
  remaining: number
  failed: string[]
}

/** Carries keys over batch by batch, with progress; to stop in between loses nothing. */
export function Rewrapping({ keys, changed }: { keys: KeyEncryptionKey[]; changed: () => void }) {
  const [done, setDone] = useState<Done>()
  const stopped = useRef(false)
  const carrying = useAction(async () => {
    stopped.current = false
    let so: Done = { rewrapped: 0, remaining: 0, failed: [] }
    let after: string | undefined
    do {
      const { rewrapped, remaining, failed, next } = await rewrapKeys(after)
      so = { rewrapped: so.rewrapped + rewrapped, remaining, failed: [...so.failed, ...failed] }
      setDone(so)
      after = next ?? undefined
    } while (after !== undefined && !stopped.current)
  })
  const left = keys.reduce((sum, key) => (key.state === 'current' ? sum : sum + key.keys), 0)
  if (left === 0 && done === undefined) return null
  return (
    <Panel title="Carry keys over">
      {done === undefined ? (
        <p>{plural(left, 'key')} of persons are wrapped by earlier keys.</p>
      ) : (
        <Result of={done} busy={carrying.busy} />
      )}
      <div className="actions">
        {carrying.busy && (
          <button type="button" className="button" onClick={() => (stopped.current = true)}>
            Stop after this batch
          </button>
        )}
        {!carrying.busy && done?.remaining !== 0 && (
          <button type="button" className="button primary" onClick={() => void carrying.run()}>
            Wrap them anew
          </button>
        )}
        {done !== undefined && !carrying.busy && (
          <button type="button" className="button" onClick={changed}>
            Show where it stands
          </button>
        )}
      </div>
      {carrying.problem && <Problem problem={carrying.problem} />}
    </Panel>
  )
}

function Result({ of: { rewrapped, remaining, failed }, busy }: { of: Done; busy: boolean }) {
  return (
    <Notice tone={failed.length > 0 ? 'bad' : remaining === 0 ? 'good' : 'neutral'} live>
      <p>
        {plural(rewrapped, 'key')} wrapped anew, {plural(remaining, 'key')} left{busy && ' …'}
      </p>
      {failed.length > 0 && (
        <>
          <p>These could not be opened: altered, or wrapped by a key that is gone. What they seal cannot be read.</p>
          <ul>
            {failed.map((id) => (
              <li key={id}>
                <code>{id}</code>
              </li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  )
}
