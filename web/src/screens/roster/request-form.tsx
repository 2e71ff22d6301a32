import { requestGrant } from '../../api/roster.js'
import { ActionForm, filledIn, listOf, momentOf, textOf } from '../../components/action-form.js'
import { SelectField, TextField } from '../../components/field.js'
import { Panel } from '../../components/panel.js'
import { useCaller } from '../../session/use-session.js'
import { STAFF_ROLES } from './roster-words.js'

/** Asks for a role for somebody else; another person approves it. */
export function RequestForm({ actor, done }: { actor: string; done: () => void }) {
  const { org, site } = useCaller()
  const ask = async (form: FormData) => {
    const [trials, purposes] = [listOf(form, 'trials'), listOf(form, 'purposes')]
    const scope = {
      ...filledIn(form, ['org', 'site']),
      ...(trials.length > 0 && { trials }),
      ...(purposes.length > 0 && { purposes }),
    }
    const [from, until] = [momentOf(form, 'from'), momentOf(form, 'until')]
    const times = { ...(from !== undefined && { from }), ...(until !== undefined && { until }) }
    await requestGrant({ actor, role: textOf(form, 'role'), scope, ...times })
    done()
  }
  return (
    <Panel title="Ask for a role">
      <ActionForm submit="Ask for it" act={ask}>
        <SelectField label="Role" name="role" value="investigator" options={STAFF_ROLES} />
        <TextField label="Organisation" name="org" value={org} />
        <TextField label="Site" name="site" value={site} />
        <TextField label="Trials" name="trials" hint="Ids, separated by spaces." />
        <TextField label="Purposes" name="purposes" hint="v3-ActReason codes; empty: any the role may have." />
        <TextField label="From" name="from" type="date" hint="Empty: from its execution on." />
        <TextField label="Until" name="until" type="date" hint="A regulator's access has both, at most a year apart." />
      </ActionForm>
    </Panel>
  )
}
