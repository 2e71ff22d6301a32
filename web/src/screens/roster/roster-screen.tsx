import { readRoster, type Grant, type Person, type Roster } from '../../api/roster.js'
import { useResource } from '../../api/use-resource.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { MomentForm } from '../../components/moment-form.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { plural, ShortId, Time, words } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { usePlace, withQuery } from '../../routing/location.js'
import { useMay } from '../../session/use-session.js'
import { RegisterForm } from './register-form.js'
import { GrantState, PersonState, scopeText } from './roster-words.js'

/** Who may do what, now or as of a time: the answer to an inspector's first question. */
export function RosterScreen() {
  const asOf = usePlace().query.get('asOf') ?? undefined
  const { resource, reload } = useResource(`roster ${asOf}`, (signal) => readRoster(asOf, signal))
  const registers = useMay('roster.register')
  return (
    <Page
      title="Roster"
      lead="Who holds which role, where and since when. A role is asked for, approved, put into force and reviewed by different people."
    >
      <MomentForm asOf={asOf} />
      <Loaded resource={resource} retry={reload} what="the roster">
        {(roster) => (
          <>
            {asOf === undefined && <Waiting roster={roster} />}
            <People roster={roster} past={asOf !== undefined} />
          </>
        )}
      </Loaded>
      {registers && asOf === undefined && <RegisterForm done={reload} />}
    </Page>
  )
}

const WAITING: Column<Grant>[] = [
  { title: 'For', show: ({ actor }) => <PersonLink actor={actor} /> },
  { title: 'Role', show: ({ role }) => words(role) },
  { title: 'Scope', show: scopeText },
  { title: 'Asked for', show: ({ requested }) => <Time at={requested.at} /> },
  { title: 'State', show: ({ status }) => <GrantState status={status} /> },
]

function Waiting({ roster: { people } }: { roster: Roster }) {
  const waiting = people.flatMap(({ grants }) =>
    grants.filter(({ status }) => status === 'requested' || status === 'approved'),
  )
  if (waiting.length === 0) return null
  return (
    <Panel title="Waiting for somebody" aside={<span className="quiet">{plural(waiting.length, 'grant')}</span>} flush>
      <DataTable caption="Grants under way" columns={WAITING} rows={waiting} rowKey={({ grant }) => grant} />
    </Panel>
  )
}

const PEOPLE: Column<Person>[] = [
  { title: 'Person', show: ({ actor }) => <PersonLink actor={actor} /> },
  { title: 'Kind', show: ({ kind }) => (kind === 'service' ? 'service account' : 'person') },
  { title: 'Roles', show: ({ roles }) => roles.map(words).join(', ') || <span className="quiet">none</span> },
  { title: 'Where', show: ({ grants }) => <Scopes grants={grants} /> },
  { title: 'Since', show: ({ grants }) => <Time at={sinceOf(grants)} /> },
  { title: 'Access', show: (person) => <PersonState person={person} /> },
]

function People({ roster: { asOf, people }, past }: { roster: Roster; past: boolean }) {
  return (
    <Panel
      title={past ? 'People and their roles at that time' : 'People and their roles'}
      aside={
        <span className="quiet">
          {plural(people.length, 'person', 'people')}, as of <Time at={asOf} />
        </span>
      }
      flush
    >
      {people.length === 0 ? (
        <Empty>Nobody held a role within what is open to you.</Empty>
      ) : (
        <DataTable caption="People and their roles" columns={PEOPLE} rows={people} rowKey={({ actor }) => actor} />
      )}
    </Panel>
  )
}

function PersonLink({ actor }: { actor: string }) {
  return (
    <Link to={withQuery({ ...usePlace(), path: `/roster/${actor}` }, {})}>
      <ShortId id={actor} />
    </Link>
  )
}

function Scopes({ grants }: { grants: Grant[] }) {
  const scopes = new Set(grants.filter(({ status }) => status === 'in-force').map(scopeText))
  return <>{[...scopes].join('; ')}</>
}

const sinceOf = (grants: Grant[]): string | undefined =>
  grants
    .filter(({ status }) => status === 'in-force')
    .map(({ from, executed }) => (from.startsWith('1970') ? executed!.at : from))
    .sort()[0]
