import { useState, type FormEvent } from 'react'
import { decideRequest, type Decision } from '../../api/privacy.js'
import { useAction } from '../../api/use-action.js'
import { Field, SelectField } from '../../components/field.js'
import { Panel } from '../../components/panel.js'
import { Problem } from '../../components/problem.js'
import { CLASSES, ERASURE_GROUNDS, RETENTION } from './privacy-words.js'

const OUTCOMES = [
  ['granted', 'Granted'],
  ['refused', 'Refused'],
] as const
const REFUSALS = [
  ['condition-not-met', 'the conditions are not met'],
  ['manifestly-unfounded', 'manifestly unfounded'],
  ['excessive', 'excessive'],
  ['rights-of-others', 'rights of others'],
  ['compelling-grounds', 'compelling grounds'],
] as const
const KEPT = [['', 'is erased'], ...RETENTION.map(([code, text]) => [code, `is kept: ${text}`] as const)] as const

/** Grants or refuses, with the ground; of an erasure it says of each class whether it goes or stays. */
export function DecisionForm({ request, kind, done }: { request: string; kind: string; done: () => void }) {
  const [outcome, setOutcome] = useState('granted')
  const { run, busy, problem } = useAction(async (form: FormData) => {
    await decideRequest(request, decisionOf(form, kind))
    done()
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    void run(new FormData(event.currentTarget))
  }
  const erases = kind === 'erasure' && outcome === 'granted'
  return (
    <Panel title="Decide">
      <form className="form" onSubmit={submit}>
        <SelectField label="Outcome" name="outcome" value={outcome} options={OUTCOMES} onChange={setOutcome} />
        {outcome === 'refused' && (
          <SelectField label="Ground" name="refusal" value="" options={kind === 'erasure' ? RETENTION : REFUSALS} />
        )}
        {erases && <SelectField label="Ground" name="ground" value="17-1-b" options={ERASURE_GROUNDS} />}
        {erases &&
          CLASSES.map(([code, title]) => <SelectField key={code} label={title} name={code} value="" options={KEPT} />)}
        <Field label="In words for the person" hint="Kept under the person’s key." wide>
          {(attributes) => <textarea name="explanation" rows={3} {...attributes} />}
        </Field>
        <button type="submit" className="button" disabled={busy}>
          Record the decision
        </button>
      </form>
      {problem && <Problem problem={problem} />}
    </Panel>
  )
}

function decisionOf(form: FormData, kind: string): Decision {
  const text = (name: string) => String(form.get(name) ?? '')
  const said = text('explanation') === '' ? {} : { explanation: text('explanation') }
  if (text('outcome') === 'refused') return { outcome: 'refused', grounds: [text('refusal')], ...said }
  if (kind !== 'erasure') return { outcome: 'granted', ...said }
  const kept = CLASSES.map(([code]) => ({ class: code, ground: text(code) })).filter(({ ground }) => ground !== '')
  const classes = CLASSES.map(([code]) => code).filter((code) => !kept.some((each) => each.class === code))
  const erasure = { ground: text('ground'), classes, retained: kept }
  return { outcome: kept.length > 0 ? 'partial' : 'granted', erasure, ...said }
}
