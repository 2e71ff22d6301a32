import { listUnreviewedUnblindings, reviewUnblinding, type UnreviewedUnblinding } from '../../api/trials.js'
import type { EmergencyFinding } from '../../api/emergencies.js'
import { useList } from '../../api/use-list.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import { Badge } from '../../components/badge.js'
import type { Column } from '../../components/data-table.js'
import { ReasonField } from '../../components/field.js'
import { ListPanel } from '../../components/list-panel.js'
import { ShortId, Time } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { useCaller, useMay } from '../../session/use-session.js'
import { FINDING_WORDS } from './emergency-words.js'

/** Arms that were opened in an emergency and wait for somebody else to look at it, in any trial. */
export function UnreviewedArms() {
  const unblindings = useList('unblindings', listUnreviewedUnblindings)
  const columns: Column<UnreviewedUnblinding>[] = [
    { title: 'Opened', show: ({ openedAt }) => <Time at={openedAt} exact /> },
    { title: 'Participant', show: ({ code }) => <code>{code}</code> },
    { title: 'Trial', show: ({ trial }) => <Link to={`/trials/${trial}`}>{trial.slice(0, 8)}</Link> },
    { title: 'By', show: ({ actor }) => <ShortId id={actor} /> },
    {
      title: 'Review',
      show: ({ overdue, reviewDue }) => (
        <Badge tone={overdue ? 'bad' : 'caution'}>
          {overdue ? 'overdue since' : 'due by'} <Time at={reviewDue} />
        </Badge>
      ),
    },
    { title: 'Next', show: (opened) => <Review of={opened} done={unblindings.reload} /> },
  ]
  return (
    <ListPanel
      title="Arms that wait for a review"
      caption="Arms opened in an emergency, the one due first at the head"
      what="the arms that were opened"
      empty="No opened arm waits for a review."
      list={unblindings}
      columns={columns}
      rowKey={({ unblinding }) => unblinding}
    />
  )
}

function Review({ of: { trial, unblinding, actor }, done }: { of: UnreviewedUnblinding; done: () => void }) {
  const reviews = useMay('emergency.review')
  const { id } = useCaller()
  if (!reviews || actor === id) return null
  return (
    <ActionForm
      submit="Record the review"
      act={(form) => reviewUnblinding(trial, unblinding, textOf(form, 'finding') as EmergencyFinding)}
      done={done}
    >
      <ReasonField label="Reviewed, and" name="finding" options={Object.entries(FINDING_WORDS)} />
    </ActionForm>
  )
}
