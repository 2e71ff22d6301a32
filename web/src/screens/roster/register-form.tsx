import { registerPerson } from '../../api/roster.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import { SelectField, TextField } from '../../components/field.js'
import { Panel } from '../../components/panel.js'
import { go } from '../../routing/location.js'

const KINDS = [
  ['person', 'a person'],
  ['service', 'a service account'],
] as const

/** Makes somebody known to the roster, which gives no right yet, and leads to their page. */
export function RegisterForm({ done }: { done: () => void }) {
  const register = async (form: FormData) => {
    const owner = textOf(form, 'owner')
    const person = { sub: textOf(form, 'sub'), name: textOf(form, 'name'), kind: textOf(form, 'kind') }
    const { actor } = await registerPerson({ ...person, ...(owner !== '' && { owner }) })
    done()
    go(`/roster/${actor}`)
  }
  return (
    <Panel title="Register somebody">
      <ActionForm submit="Register" act={register}>
        <TextField
          label="What the sign-in service calls them (sub)"
          name="sub"
          hint="Never stored. People without a role are shown theirs when they sign in."
          required
        />
        <TextField label="Printed name" name="name" hint="Kept sealed; shown with signatures." required />
        <SelectField label="What it is" name="kind" value="person" options={KINDS} />
        <TextField label="Who answers for a service account" name="owner" hint="Id of a registered person." />
      </ActionForm>
    </Panel>
  )
}
