import type { FormEvent } from 'react'
import { PURPOSES } from '../../../../src/consents/codes.js'
import { orderRun, type ModelReadiness, type RunOrder } from '../../api/simulations.js'
import type { ApiProblem } from '../../api/problem.js'
import { useAction } from '../../api/use-action.js'
import { Field, SelectField } from '../../components/field.js'
import { Panel } from '../../components/panel.js'
import { Problem } from '../../components/problem.js'
import { Link } from '../../routing/link.js'
import { go } from '../../routing/location.js'

/** Runs a model on the twin as it stands. The person's consent is asked first, and its answer recorded. */
export function RunForm({ twin, models }: { twin: string; models: ModelReadiness[] }) {
  const ordering = useAction(async (order: RunOrder) => {
    const { run } = await orderRun(order)
    go(`/simulations/${run}`)
  })
  const order = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    void ordering.run(orderIn(event.currentTarget, twin))
  }
  return (
    <Panel title="Run a model">
      <form className="form" onSubmit={order}>
        <SelectField
          label="Model"
          name="model"
          value={(models.find(({ ready }) => ready) ?? models[0])?.model ?? ''}
          options={models.map(({ model }) => [model, model] as const)}
        />
        <SelectField label="Purpose" name="purpose" value="HRESCH" options={Object.entries(PURPOSES)} />
        <Field label="Trial" hint="Its id, when the run belongs to one">
          {(attributes) => <input name="trial" autoComplete="off" spellCheck={false} {...attributes} />}
        </Field>
        <label className="choice">
          <input type="checkbox" name="commercial" /> somebody profits from it
        </label>
        <button className="button primary" disabled={ordering.busy}>
          {ordering.busy ? 'Running …' : 'Ask for consent and run'}
        </button>
      </form>
      {ordering.problem && <Refused problem={ordering.problem} />}
    </Panel>
  )
}

function Refused({ problem }: { problem: ApiProblem }) {
  const { run } = problem.extensions
  return (
    <>
      <Problem problem={problem} />
      {typeof run === 'string' && (
        <p>
          <Link to={`/simulations/${run}`}>See the run on record and why it ended</Link>
        </p>
      )}
    </>
  )
}

function orderIn(form: HTMLFormElement, twin: string): RunOrder {
  const given = new FormData(form)
  const trial = String(given.get('trial')).trim()
  return {
    twin,
    model: String(given.get('model')),
    purpose: String(given.get('purpose')),
    commercial: given.has('commercial'),
    ...(trial !== '' && { trial }),
  }
}
