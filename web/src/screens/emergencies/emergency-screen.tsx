import {
  closeEmergency,
  listEmergencies,
  reviewEmergency,
  type Emergency,
  type EmergencyFinding,
} from '../../api/emergencies.js'
import { useList } from '../../api/use-list.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import type { Column } from '../../components/data-table.js'
import { ReasonField } from '../../components/field.js'
import { ListPanel } from '../../components/list-panel.js'
import { LocalNavigation } from '../../components/local-navigation.js'
import { Page } from '../../components/page.js'
import { ShortId, Time, TwinLink } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { usePlace } from '../../routing/location.js'
import { useCaller, useMay } from '../../session/use-session.js'
import { AccessState, FINDING_WORDS, REASON_WORDS, ReviewState } from './emergency-words.js'
import { OpenForm } from './open-form.js'
import { UnreviewedArms } from './unreviewed-arms.js'

const VIEWS = [
  ['records', 'Records'],
  ['arms', 'Arms of trials'],
] as const

/** Breaking the glass: opened with a reason, for some hours, and looked at by somebody else afterwards. */
export function EmergencyScreen() {
  const view = usePlace().query.get('view') === 'arms' ? 'arms' : 'records'
  return (
    <Page
      title="Emergency access"
      lead="In an emergency a clinician may read the record of a person of another site, for four hours, and open the arm of a participant of their own. Each raises an alert and is reviewed by somebody else within three days (HIPAA 164.312(a)(2)(ii))."
    >
      <LocalNavigation label="Emergencies" views={VIEWS} current={view} />
      {view === 'arms' ? <UnreviewedArms /> : <Records />}
    </Page>
  )
}

function Records() {
  const emergencies = useList('emergencies', listEmergencies)
  const opens = useMay('emergency.open')
  const columns: Column<Emergency>[] = [
    { title: 'Opened', show: ({ openedAt }) => <Time at={openedAt} exact /> },
    { title: 'Twin', show: ({ twin }) => <TwinLink twin={twin} /> },
    { title: 'By', show: ({ actor }) => <ShortId id={actor} /> },
    { title: 'Because', show: (emergency) => <Because of={emergency} /> },
    { title: 'Access', show: (emergency) => <Access of={emergency} /> },
    { title: 'Review', show: (emergency) => <ReviewState of={emergency} /> },
    { title: 'Next', show: (emergency) => <NextStep of={emergency} done={emergencies.reload} /> },
  ]
  return (
    <>
      {opens && <OpenForm done={emergencies.reload} />}
      <ListPanel
        title="Emergency accesses"
        caption="Emergency accesses, newest first"
        what="the emergency accesses"
        empty="No record was opened in an emergency."
        list={emergencies}
        columns={columns}
        rowKey={({ emergency }) => emergency}
      />
    </>
  )
}

/** The reason, and where it stands in words for those who may read it. */
function Because({ of: { emergency, reason } }: { of: Emergency }) {
  return (
    <>
      {reason && REASON_WORDS[reason]} <Link to={`/audit?stream=emergency-${emergency}`}>in words</Link>
    </>
  )
}

/** How long it is open, and what the person did meanwhile, as the audit trail has it. */
function Access({ of: emergency }: { of: Emergency }) {
  const { actor, openedAt, closedAt, until } = emergency
  const meanwhile = new URLSearchParams({ actor, from: openedAt, to: closedAt ?? until })
  return (
    <>
      <AccessState of={emergency} /> <Link to={`/audit?${meanwhile}`}>what was done</Link>
    </>
  )
}

const FINDINGS = Object.entries(FINDING_WORDS)

function NextStep({ of: { emergency, actor, open, review }, done }: { of: Emergency; done: () => void }) {
  const { id } = useCaller()
  const opens = useMay('emergency.open')
  const reviews = useMay('emergency.review')
  const judge = (form: FormData) => reviewEmergency(emergency, textOf(form, 'finding') as EmergencyFinding)
  return (
    <>
      {open && opens && actor === id && (
        <ActionForm submit="End it now" act={() => closeEmergency(emergency)} done={done} />
      )}
      {!review && reviews && actor !== id && (
        <ActionForm submit="Record the review" act={judge} done={done}>
          <ReasonField label="Reviewed, and" name="finding" options={FINDINGS} />
        </ActionForm>
      )}
    </>
  )
}
