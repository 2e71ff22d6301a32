import { useState, type FormEvent } from 'react'
import { answerRequest, refuseRequest, withdrawConsent, type Consent, type Expression } from '../../api/consents.js'
import { useAction } from '../../api/use-action.js'
import { Problem } from '../../components/problem.js'
import { ExpressionFields, expressionIn } from './expression-fields.js'

interface Props {
  subject: string
  consent: Consent
  decided: () => void
}

type Choice = 'give' | 'refuse' | 'withdraw'

const PERFORM: Record<Choice, (subject: string, consent: string, expression: Expression) => Promise<unknown>> = {
  give: answerRequest,
  refuse: refuseRequest,
  withdraw: withdrawConsent,
}

const TITLES: Record<Choice, string> = {
  give: 'Give this consent',
  refuse: 'Refuse it',
  withdraw: 'Withdraw this consent',
}

/** What can be decided about a consent now; each decision is confirmed before it is recorded. */
export function Decision({ subject, consent, decided }: Props) {
  const [choice, setChoice] = useState<Choice>()
  const choices = choicesFor(consent.status)
  if (choices.length === 0) return null
  if (choice) {
    return <Confirmation {...{ subject, consent, decided, choice }} cancel={() => setChoice(undefined)} />
  }
  return (
    <div className="actions">
      {choices.map((possible) => (
        <button key={possible} type="button" className="button" onClick={() => setChoice(possible)}>
          {TITLES[possible]} …
        </button>
      ))}
    </div>
  )
}

function choicesFor(status: Consent['status']): Choice[] {
  if (status === 'requested') return ['give', 'refuse']
  return status === 'given' ? ['withdraw'] : []
}

function Confirmation({ subject, consent, decided, choice, cancel }: Props & { choice: Choice; cancel: () => void }) {
  const decision = useAction(async (expression: Expression) => {
    await PERFORM[choice](subject, consent.consent, expression)
    decided()
  })
  const confirm = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    void decision.run(expressionIn(event.currentTarget))
  }
  return (
    <form className="form" onSubmit={confirm} aria-label={TITLES[choice]}>
      {choice === 'withdraw' && (
        <p className="field wide small quiet">
          From the moment this is recorded, no further use is permitted under this consent. What was done before stays
          valid, and stays on record.
        </p>
      )}
      <ExpressionFields />
      <div className="actions">
        <button className="button primary" disabled={decision.busy}>
          {TITLES[choice]}
        </button>
        <button type="button" className="button" onClick={cancel}>
          Cancel
        </button>
      </div>
      {decision.problem && <Problem problem={decision.problem} />}
    </form>
  )
}
