import { useState, type FormEvent } from 'react'
import { useAction } from '../../api/use-action.js'
import { Badge } from '../../components/badge.js'
import { Field } from '../../components/field.js'
import { Panel } from '../../components/panel.js'
import { Problem } from '../../components/problem.js'
import { Time } from '../../components/values.js'
import { parseCheckpoint } from '../../log/checkpoint.js'
import { forget, recall, remember } from '../../log/memory.js'
import { parseVerifierKey } from '../../log/verifier-key.js'
import type { Served } from '../../log/verify.js'

/** The key this browser holds the log to: the one it was given, or else the first it was shown. */
export function KeyPin({ served }: { served: Served }) {
  const { origin } = parseCheckpoint(served.note)
  const [known, setKnown] = useState(() => recall(origin))
  const pinning = useAction(async (key: string) => {
    await parseVerifierKey(key)
    remember(origin, { verifierKey: key.trim() })
    setKnown(recall(origin))
  })
  const pin = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    void pinning.run(String(new FormData(event.currentTarget).get('key')))
  }
  const reset = () => {
    forget(origin)
    setKnown(undefined)
  }
  return (
    <Panel title="Key" aside={<KeyState known={known?.verifierKey} served={served.verifierKey} />}>
      <p className="small quiet">
        Compare it with the key you were given on another way than this service, or enter that key here. This browser
        keeps it and tells you when the service shows another one.
      </p>
      <pre tabIndex={0} aria-label="Verifier key">
        {served.verifierKey}
      </pre>
      {known?.seenAt && (
        <p className="small">
          Last verified here <Time at={known.seenAt} />.{' '}
          <button type="button" className="button plain" onClick={reset}>
            Forget key and checkpoint
          </button>
        </p>
      )}
      <form className="form" onSubmit={pin}>
        <Field label="Key you were given">
          {(attributes) => <input name="key" required autoComplete="off" spellCheck={false} {...attributes} />}
        </Field>
        <button className="button">Hold the log to this key</button>
      </form>
      {pinning.problem && <Problem problem={pinning.problem} />}
    </Panel>
  )
}

function KeyState({ known, served }: { known: string | undefined; served: string }) {
  if (known === undefined) return <Badge tone="caution">not yet known here</Badge>
  return known === served ? <Badge tone="good">the known one</Badge> : <Badge tone="bad">not the known one</Badge>
}
