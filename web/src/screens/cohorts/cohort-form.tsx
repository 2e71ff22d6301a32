import { PURPOSES } from '../../../../src/consents/codes.js'
import { RUN_PURPOSES } from '../../../../src/models/run-purposes.js'
import { requestCohort, type CohortOrder } from '../../api/cohorts.js'
import { listModels } from '../../api/models.js'
import { useResource } from '../../api/use-resource.js'
import { ActionForm, filledIn, listOf, textOf } from '../../components/action-form.js'
import { ReasonField, SelectField, TextField, toChoose } from '../../components/field.js'
import { Loaded } from '../../components/loaded.js'
import { Panel } from '../../components/panel.js'
import { go } from '../../routing/location.js'
import { useCaller } from '../../session/use-session.js'

const PURPOSE_OPTIONS = RUN_PURPOSES.map((code) => [code, PURPOSES[code]] as const)

/** Asks for a cohort: which model, what for, and on which twins: named one by one, or by what they have in common. */
export function CohortForm() {
  const { resource, reload } = useResource('models', listModels)
  return (
    <Panel title="Run a model on many twins">
      <Loaded resource={resource} retry={reload} what="the models">
        {(models) => <Order models={models.filter(({ runsOnTwins }) => runsOnTwins).map(({ id }) => id)} />}
      </Loaded>
    </Panel>
  )
}

function Order({ models }: { models: string[] }) {
  const { role, trials } = useCaller()
  const order = async (form: FormData) => {
    const { cohort } = await requestCohort(orderIn(form))
    go(`/cohorts/${cohort}`)
  }
  return (
    <ActionForm submit="Ask for it" act={order} primary>
      <ReasonField label="Model" name="model" options={models.map((id) => [id, id] as const)} />
      <ReasonField label="Purpose" name="purpose" options={PURPOSE_OPTIONS} />
      {role === 'sponsor' ? (
        <SelectField
          label="In the trial"
          name="trial"
          value=""
          options={toChoose(trials.map((id) => [id, id] as const))}
          required
        />
      ) : (
        <TextField label="In the trial" name="trial" hint="Its id, when the runs belong to one." />
      )}
      <TextField label="On twins enrolled in" name="enrolledIn" hint="Id of a trial; empty: any." />
      <TextField label="Held by" name="owner" hint="Id of the site; empty: any." />
      <TextField label="First source" name="source" hint="Empty: any." />
      <TextField
        label="Or on these twins alone"
        name="twins"
        rows={2}
        hint="Ids, separated by spaces; what stands above of the twins is then left out."
      />
      <label className="choice">
        <input type="checkbox" name="commercial" /> somebody profits from it
      </label>
    </ActionForm>
  )
}

function orderIn(form: FormData): CohortOrder {
  const twins = listOf(form, 'twins')
  const which = twins.length > 0 ? { twins } : { filter: filledIn(form, ['enrolledIn', 'owner', 'source']) }
  return {
    model: textOf(form, 'model'),
    purpose: textOf(form, 'purpose'),
    commercial: form.has('commercial'),
    ...filledIn(form, ['trial']),
    ...which,
  }
}
