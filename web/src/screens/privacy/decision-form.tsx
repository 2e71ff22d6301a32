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
const KEPT = [['', 'is erased'], ...RETENTION.map(([code, text]) => [code, `is kept: ${text}`] as const)] as const

/** Grants or refuses, with the ground; of an erasure it says of each class whether it goes or stays, so it is never "partial" here. */
export function DecisionForm({ request, kind, done }: { request: string; kind: RequestKind; done: () => void }) {
  const [outcome, setOutcome] = useState<Outcome>('granted')
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
          options={options.map((code) => [code, OUTCOME_WORDS[code]] as const)}
          onChange={(chosen) => setOutcome(chosen as Outcome)}
        />
        {outcome !== 'granted' && (
          <SelectField
            label={outcome === 'partial' ? 'Ground for the rest' : 'Ground'}
            name="refusal"
            value=""
            options={toChoose(kind === 'erasure' ? [...RETENTION, ...REFUSALS] : REFUSALS)}
            required
          />
        )}
        {erases && <SelectField label="Ground" name="ground" value="17-1-b" options={GROUNDS_TO_ERASE} />}
        {erases &&
          CLASSES.map(([code, title]) => <SelectField key={code} label={title} name={code} value="" options={KEPT} />)}
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
    ({ ground }) => ground !== '',
  )
  const classes = CLASSES.map(([code]) => code).filter((code) => !retained.some((kept) => kept.class === code))
  const erasure = { ground: textOf(form, 'ground'), classes, retained }
  return { outcome: retained.length > 0 ? 'partial' : 'granted', erasure, ...said }
}
