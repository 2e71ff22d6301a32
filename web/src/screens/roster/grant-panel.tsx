import { takeGrantStep, type Act, type Grant, type GrantStep } from '../../api/roster.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import { Details } from '../../components/details.js'
import { SelectField, toChoose } from '../../components/field.js'
import { Panel } from '../../components/panel.js'
import { ShortId, Time, words } from '../../components/values.js'
import { useMay } from '../../session/use-session.js'
import { ACCESS_REASON_WORDS, DECLINING_WORDS, GrantState, scopeText } from './roster-words.js'

const FINDINGS = [
  ['confirmed', 'it stands'],
  ['to-be-revoked', 'it is to be revoked'],
] as const

interface Props {
  grant: Grant
  /** It is shown as it was; nothing can be done about that. */
  past: boolean
  changed: () => void
}

/** One grant: its terms, who had a hand in it, and the next step for whoever may take it. */
export function GrantPanel({ grant, past, changed }: Props) {
  const { role, from, until, basis, status, requested, approved, declined, executed, revoked, reviews } = grant
  return (
    <Panel title={`Grant: ${words(role)}`} aside={<GrantState status={status} />}>
      <Details
        items={[
          ['Scope', scopeText(grant)],
          ['From', from.startsWith('1970') ? 'its execution on' : <Time at={from} />],
          ['Until', until && <Time at={until} />],
          ['Rests on', basis === 'request' ? 'a request' : basis],
          ['Asked for by', <Hand act={requested} />],
          ['Approved by', approved && <Hand act={approved} />],
          ['Declined by', declined && <Hand act={declined} />],
          ['Put into force by', executed && <Hand act={executed} />],
          ...reviews.map(
            (review, index) =>
              [
                index === 0 ? 'Reviewed by' : `Reviewed again by (${index + 1})`,
                <>
                  <Hand act={review} />: {review.finding === 'confirmed' ? 'it stands' : 'to be revoked'}
                </>,
              ] as const,
          ),
          ['Revoked by', revoked && <Hand act={revoked} />],
        ]}
      />
      {!past && <Steps grant={grant} changed={changed} />}
    </Panel>
  )
}

function Hand({ act: { by, role, at } }: { act: Act }) {
  return (
    <>
      {words(role)} <ShortId id={by} />, <Time at={at} />
    </>
  )
}

function Steps({ grant: { grant, status, executed }, changed }: Omit<Props, 'past'>) {
  const approves = useMay('roster.approve')
  const executes = useMay('roster.execute')
  const reviews = useMay('roster.review')
  const revokes = useMay('identity.revoke')
  const take = (step: GrantStep, member?: string) => async (form: FormData) => {
    await takeGrantStep(grant, step, member === undefined ? {} : { [member]: textOf(form, member) })
    changed()
  }
  const alive = executed !== undefined && (status === 'in-force' || status === 'ahead')
  return (
    <>
      {status === 'requested' && approves && (
        <>
          <ActionForm submit="Approve" act={take('approval')} primary />
          <ActionForm submit="Decline" act={take('refusal', 'reason')}>
            <SelectField
              label="Why not"
              name="reason"
              value=""
              options={toChoose(Object.entries(DECLINING_WORDS))}
              required
            />
          </ActionForm>
        </>
      )}
      {status === 'approved' && executes && <ActionForm submit="Put into force" act={take('execution')} primary />}
      {alive && reviews && (
        <ActionForm submit="Record the review" act={take('review', 'finding')}>
          <SelectField label="Reviewed, and" name="finding" value="confirmed" options={FINDINGS} />
        </ActionForm>
      )}
      {alive && revokes && (
        <ActionForm submit="Revoke this grant" act={take('revocation', 'reason')}>
          <SelectField
            label="Why"
            name="reason"
            value=""
            options={toChoose(Object.entries(ACCESS_REASON_WORDS))}
            required
          />
        </ActionForm>
      )}
    </>
  )
}
