import { decideAccess, retirePerson, type Person } from '../../api/roster.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import { SelectField, toChoose } from '../../components/field.js'
import { Panel } from '../../components/panel.js'
import { useMay } from '../../session/use-session.js'
import { ACCESS_REASON_WORDS } from './roster-words.js'

const REASONS = toChoose(Object.entries(ACCESS_REASON_WORDS))

/** Ends, gives back or unlocks all of a person's access at once, whatever their grants say. */
export function AccessForm({ person: { actor, revoked, locked }, done }: { person: Person; done: () => void }) {
  const decides = useMay('identity.revoke')
  const decide = (decision: 'revoke' | 'reinstate' | 'unlock') => async (form: FormData) => {
    await decideAccess(actor, decision, textOf(form, 'reason'))
    done()
  }
  if (!decides) return null
  return (
    <Panel title="Access of this person">
      <ActionForm
        submit={revoked ? 'Let them in again' : 'Revoke all access'}
        act={decide(revoked ? 'reinstate' : 'revoke')}
      >
        <SelectField label="Why" name="reason" value="" options={REASONS} required />
      </ActionForm>
      {locked && (
        <ActionForm submit="Unlock the account" act={decide('unlock')}>
          <SelectField label="Why" name="reason" value="error-corrected" options={REASONS} />
        </ActionForm>
      )}
    </Panel>
  )
}

/** Ends an id for good, as when somebody has left: it is never given to anybody again (21 CFR 11.100(a)). */
export function RetirementForm({ person: { actor, retiredAt }, done }: { person: Person; done: () => void }) {
  const registers = useMay('roster.register')
  const retire = async () => {
    await retirePerson(actor)
    done()
  }
  if (!registers || retiredAt !== undefined) return null
  return (
    <Panel title="Retire this id">
      <ActionForm submit="Retire it for ever" act={retire}>
        <label className="choice">
          <input type="checkbox" required /> All its rights end, and nobody is ever registered under it again.
        </label>
      </ActionForm>
    </Panel>
  )
}
