import {
  closeEmergency,
  listEmergencies,
  reviewEmergency,
  type Emergency,
  type EmergencyFinding,
} from '../../api/emergencies.js'
import { useResource } from '../../api/use-resource.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { SelectField, toChoose } from '../../components/field.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { ShortId, Time, TwinLink } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { useCaller, useMay } from '../../session/use-session.js'
import { AccessState, FINDING_WORDS, REASON_WORDS, ReviewState } from './emergency-words.js'
import { OpenForm } from './open-form.js'

/** Breaking the glass: opened with a reason, for some hours, and looked at by somebody else afterwards. */
export function EmergencyScreen() {
  const { resource, reload } = useResource('emergencies', listEmergencies)
  const opens = useMay('emergency.open')
  const columns: Column<Emergency>[] = [
    { title: 'Opened', show: ({ openedAt }) => <Time at={openedAt} exact /> },
    { title: 'Twin', show: ({ twin }) => <TwinLink twin={twin} /> },
    { title: 'By', show: ({ actor }) => <ShortId id={actor} /> },
    { title: 'Because', show: (emergency) => <Because of={emergency} /> },
    { title: 'Access', show: (emergency) => <Access of={emergency} /> },
    { title: 'Review', show: (emergency) => <ReviewState of={emergency} /> },
    { title: 'Next', show: (emergency) => <NextStep of={emergency} done={reload} /> },
  ]
  return (
    <Page
      title="Emergency access"
      lead="In an emergency a clinician may read the record of a person of another site, for four hours. Each opening raises an alert and is reviewed by somebody else within three days (HIPAA 164.312(a)(2)(ii))."
    >
      {opens && <OpenForm done={reload} />}
      <Loaded resource={resource} retry={reload} what="the emergency accesses">
        {({ emergencies }) => (
          <Panel title="Emergency accesses" flush>
            {emergencies.length === 0 ? (
              <Empty>No record was opened in an emergency.</Empty>
            ) : (
              <DataTable
                caption="Emergency accesses, newest first"
                columns={columns}
                rows={emergencies}
                rowKey={({ emergency }) => emergency}
              />
            )}
          </Panel>
        )}
      </Loaded>
    </Page>
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

const FINDINGS = toChoose(Object.entries(FINDING_WORDS))

function NextStep({ of: { emergency, actor, open, review }, done }: { of: Emergency; done: () => void }) {
  const { id } = useCaller()
  const opens = useMay('emergency.open')
  const reviews = useMay('emergency.review')
  const close = async () => {
    await closeEmergency(emergency)
    done()
  }
  const judge = async (form: FormData) => {
    await reviewEmergency(emergency, textOf(form, 'finding') as EmergencyFinding)
    done()
  }
  return (
    <>
      {open && opens && actor === id && <ActionForm submit="End it now" act={close} />}
      {!review && reviews && actor !== id && (
        <ActionForm submit="Record the review" act={judge}>
          <SelectField label="Reviewed, and" name="finding" value="" options={FINDINGS} required />
        </ActionForm>
      )}
    </>
  )
}
