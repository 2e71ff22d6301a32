import { decideAccess, type Person } from '../../api/roster.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import { SelectField } from '../../components/field.js'
import { Panel } from '../../components/panel.js'
import { ACCESS_REASON_WORDS } from './roster-words.js'

const REASONS = Object.entries(ACCESS_REASON_WORDS)

/** Ends, gives back or unlocks all of a person's access at once, whatever their grants say. */
export function AccessForm({ person: { actor, revoked, locked }, done }: { person: Person; done: () => void }) {
  const decide = (decision: 'revoke' | 'reinstate' | 'unlock') => async (form: FormData) => {
    await decideAccess(actor, decision, textOf(form, 'reason'))
    done()
  }
  return (
    <Panel title="Access of this person">
      <ActionForm
        submit={revoked ? 'Let them in again' : 'Revoke all access'}
        act={decide(revoked ? 'reinstate' : 'revoke')}
      >
        <SelectField label="Why" name="reason" value="" options={REASONS} />
      </ActionForm>
      {locked && (
        <ActionForm submit="Unlock the account" act={decide('unlock')}>
          <SelectField label="Why" name="reason" value="error-corrected" options={REASONS} />
        </ActionForm>
      )}
    </Panel>
  )
}
