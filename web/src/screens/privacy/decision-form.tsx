import { useState } from 'react'
import { OUTCOMES, type Outcome, type RequestKind } from '../../../../src/privacy/codes.js'
import { decideRequest, type Decision } from '../../api/privacy.js'
import { ActionForm, filledIn, textOf } from '../../components/action-form.js'
import { SelectField, TextField, toChoose } from '../../components/field.js'
import { Panel } from '../../components/panel.js'
import { CLASSES, GROUNDS_TO_ERASE, REFUSALS, RETENTION } from './privacy-words.js'

const OUTCOME_WORDS: Record<Outcome, string> = {
  granted: 'Granted',
  partial: 'Granted in part',
  refused: 'Refused',
}
const ERASED = 'erased'
const KEPT = toChoose([[ERASED, 'is erased'], ...RETENTION.map(([code, text]) => [code, `is kept: ${text}`] as const)])

/** Grants or refuses, with the ground; of an erasure it says of each class whether it goes or stays, so it is never "partial"
 * here. Nothing is preset: each choice is answered for. */
export function DecisionForm({ request, kind, done }: { request: string; kind: RequestKind; done: () => void }) {
  const [outcome, setOutcome] = useState<Outcome | ''>('')
  const decide = async (form: FormData) => {
    await decideRequest(request, decisionOf(form, kind))
    done()
  }
  const erases = kind === 'erasure' && outcome === 'granted'
  const options = OUTCOMES.filter((code) => kind !== 'erasure' || code !== 'partial')
  return (
    <Panel title="Decide">
      <ActionForm submit="Record the decision" act={decide}>
        <SelectField
          label="Outcome"
          name="outcome"
          value={outcome}
          options={toChoose(options.map((code) => [code, OUTCOME_WORDS[code]] as const))}
          onChange={(chosen) => setOutcome(chosen as Outcome | '')}
          required
        />
        {(outcome === 'partial' || outcome === 'refused') && (
          <SelectField
            label={outcome === 'partial' ? 'Ground for the rest' : 'Ground'}
            name="refusal"
            value=""
            options={toChoose(kind === 'erasure' ? [...RETENTION, ...REFUSALS] : REFUSALS)}
            required
          />
        )}
        {erases && <SelectField label="Ground" name="ground" value="" options={toChoose(GROUNDS_TO_ERASE)} required />}
        {erases &&
          CLASSES.map(([code, title]) => (
            <SelectField key={code} label={title} name={code} value="" options={KEPT} required />
          ))}
        <TextField label="In words for the person" name="explanation" rows={3} hint="Kept under the person’s key." />
      </ActionForm>
    </Panel>
  )
}

function decisionOf(form: FormData, kind: RequestKind): Decision {
  const outcome = textOf(form, 'outcome') as Outcome
  const said = filledIn(form, ['explanation'])
  if (outcome !== 'granted') return { outcome, grounds: [textOf(form, 'refusal')], ...said }
  if (kind !== 'erasure') return { outcome, ...said }
  const retained = CLASSES.map(([code]) => ({ class: code, ground: textOf(form, code) })).filter(
    ({ ground }) => ground !== ERASED,
  )
  const classes = CLASSES.map(([code]) => code).filter((code) => !retained.some((kept) => kept.class === code))
  const erasure = { ground: textOf(form, 'ground'), classes, retained }
  return { outcome: retained.length > 0 ? 'partial' : 'granted', erasure, ...said }
}
