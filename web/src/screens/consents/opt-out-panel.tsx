import { useState, type FormEvent } from 'react'
import type { Expression } from '../../api/consents.js'
import { optOut, readOptOut, reverseOptOut, type OptOut } from '../../api/opt-out.js'
import { useAction } from '../../api/use-action.js'
import { useResource } from '../../api/use-resource.js'
import { Badge } from '../../components/badge.js'
import { Loaded } from '../../components/loaded.js'
import { Panel } from '../../components/panel.js'
import { Problem } from '../../components/problem.js'
import { Time } from '../../components/values.js'
import { useMay } from '../../session/use-session.js'
import { ExpressionFields, expressionIn } from './expression-fields.js'

const EFFECT =
  'From the moment this is recorded, the data are in no cohort, and nothing is computed from them for research, quality ' +
  'improvement or public health. Care goes on, and so do trials that were agreed to. What was done before stays valid.'
const REVERSAL = 'What consents in force cover may be done again. This gives no consent.'

/** Whether a person is out of secondary use (EHDS Art 71), and the way there and back. */
export function OptOutPanel({ subject }: { subject: string }) {
  const { resource, reload } = useResource(`opt-out ${subject}`, (signal) => readOptOut(subject, signal))
  return (
    <Loaded resource={resource} retry={reload} what="the opt-out">
      {(current) => <Shown current={current} changed={reload} />}
    </Loaded>
  )
}

function Shown({ current, changed }: { current: OptOut; changed: () => void }) {
  const { optedOut, since } = current
  const mayRecord = useMay('opt-out.record')
  return (
    <Panel
      title="Secondary use"
      aside={<Badge tone={optedOut ? 'caution' : 'neutral'}>{optedOut ? 'opted out' : 'not opted out'}</Badge>}
    >
      {since ? (
        <p>
          Opted out since <Time at={since} />.
        </p>
      ) : (
        <p>Data may be used again for research and other purposes beyond care, where a consent covers it.</p>
      )}
      {mayRecord && <Choice key={String(optedOut)} current={current} changed={changed} />}
    </Panel>
  )
}

function Choice({ current: { subject, optedOut }, changed }: { current: OptOut; changed: () => void }) {
  const [isOpen, setOpen] = useState(false)
  const title = optedOut ? 'Take the opt-out back' : 'Opt out from secondary use'
  const recording = useAction(async (expression: Expression) => {
    await (optedOut ? reverseOptOut : optOut)(subject, expression)
    changed()
  })
  if (!isOpen) {
    return (
      <button type="button" className="button" onClick={() => setOpen(true)}>
        {title} …
      </button>
    )
  }
  const confirm = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    void recording.run(expressionIn(event.currentTarget))
  }
  return (
    <form className="form" onSubmit={confirm} aria-label={title}>
      <p className="field wide small quiet">{optedOut ? REVERSAL : EFFECT}</p>
      <ExpressionFields />
      <div className="actions">
        <button className="button primary" disabled={recording.busy}>
          {title}
        </button>
        <button type="button" className="button" onClick={() => setOpen(false)}>
          Cancel
        </button>
      </div>
      {recording.problem && <Problem problem={recording.problem} />}
    </form>
  )
}
