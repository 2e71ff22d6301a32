import { readRoster, type Person } from '../../api/roster.js'
import { useResource } from '../../api/use-resource.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Details } from '../../components/details.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { ShortId, Time, words } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { usePlace } from '../../routing/location.js'
import { useMay } from '../../session/use-session.js'
import { AccessForm, RetirementForm } from './access-form.js'
import { GrantPanel } from './grant-panel.js'
import { PersonName } from './person-name.js'
import { RequestForm } from './request-form.js'
import { PersonState } from './roster-words.js'
import { TrainingForm } from './training-form.js'

/** One person of the roster: every grant with who had a hand in it, training, and what the reader may do about it. */
export function PersonPage({ actor }: { actor: string }) {
  const asOf = usePlace().query.get('asOf') ?? undefined
  const { resource, reload } = useResource(`roster ${asOf}`, (signal) => readRoster(asOf, signal))
  return (
    <Page
      title={`Person ${actor.slice(0, 8)}`}
      lead={
        <>
          <code>{actor}</code> · <Link to={asOf ? `/roster?asOf=${asOf}` : '/roster'}>the roster</Link>
          {asOf && (
            <>
              {' '}
              · as of <Time at={asOf} />
            </>
          )}
        </>
      }
    >
      <Loaded resource={resource} retry={reload} what="the roster">
        {({ people }) => {
          const person = people.find((each) => each.actor === actor)
          if (person === undefined) return <Empty>Nobody is registered under this id within what is open to you.</Empty>
          return <Shown person={person} past={asOf !== undefined} changed={reload} />
        }}
      </Loaded>
    </Page>
  )
}

function Shown({ person, past, changed }: { person: Person; past: boolean; changed: () => void }) {
  const asks = useMay('roster.request')
  const trains = useMay('roster.train')
  return (
    <>
      <div className="columns">
        <Identity person={person} />
        <Trainings person={person} />
      </div>
      {person.grants.map((grant) => (
        <GrantPanel key={grant.grant} grant={grant} past={past} changed={changed} />
      ))}
      {!past && asks && <RequestForm actor={person.actor} done={changed} />}
      {!past && trains && <TrainingForm actor={person.actor} done={changed} />}
      {!past && <AccessForm person={person} done={changed} />}
      {!past && <RetirementForm person={person} done={changed} />}
    </>
  )
}

function Identity({ person }: { person: Person }) {
  const { actor, kind, owner, registeredAt, roles } = person
  return (
    <Panel title="Who it is" aside={<PersonState person={person} />}>
      <Details
        items={[
          ['Printed name', <PersonName actor={actor} />],
          ['Kind', kind === 'service' ? 'service account' : 'person'],
          ['Answered for by', owner && <ShortId id={owner} />],
          ['Registered', registeredAt && <Time at={registeredAt} />],
          ['May act as', roles.map(words).join(', ') || 'nothing'],
          ['What they did', <Link to={`/audit?actor=${actor}`}>in the audit trail</Link>],
        ]}
      />
    </Panel>
  )
}

const TRAININGS: Column<Person['trainings'][number]>[] = [
  { title: 'For', show: ({ role }) => words(role) },
  { title: 'Completed', show: ({ completedOn }) => <Time at={completedOn} /> },
  { title: 'Valid until', show: ({ validUntil }) => <Time at={validUntil} /> },
]

function Trainings({ person: { trainings, attestations } }: { person: Person }) {
  return (
    <Panel title="Training and statements" flush={trainings.length > 0}>
      {trainings.length === 0 ? (
        <p className="quiet">No training is on record.</p>
      ) : (
        <DataTable
          caption="Trainings"
          columns={TRAININGS}
          rows={trainings}
          rowKey={({ role, completedOn }) => `${role} ${completedOn}`}
        />
      )}
      {attestations.map(({ statement, at }) => (
        <p key={statement} className="small quiet">
          Agreed to <code>{statement}</code> on <Time at={at} />
        </p>
      ))}
    </Panel>
  )
}
