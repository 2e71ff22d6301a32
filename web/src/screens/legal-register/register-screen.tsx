import { TOPIC_NAMES } from '../../../../src/frameworks/register/topics.js'
import { adoptBaseline, listDue, listEntries, type DueEntry, type RegisterEntry } from '../../api/legal-register.js'
import { useResource } from '../../api/use-resource.js'
import { ActionForm } from '../../components/action-form.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { SelectField } from '../../components/field.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { LocalNavigation } from '../../components/local-navigation.js'
import { MomentForm } from '../../components/moment-form.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { plural, Time } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { go, usePlace, withQuery } from '../../routing/location.js'
import { useMay } from '../../session/use-session.js'
import { ProposalForm } from './proposal-form.js'
import { DUE_WORDS, EntryState, shownText } from './register-words.js'

const VIEWS = [
  ['entries', 'Register'],
  ['due', 'What is due'],
  ['waiting', 'Waiting for approval'],
] as const
const PROPOSING = ['propose', 'Propose an entry'] as const

/** The laws, guidances and standards that this service answers to; edited by one office, approved by another. */
export function RegisterScreen() {
  const place = usePlace()
  const edits = useMay('legal-register.edit')
  const asOf = place.query.get('asOf') ?? undefined
  const views = edits ? [...VIEWS, PROPOSING] : VIEWS
  const asked = place.query.get('view')
  const view = views.find(([name]) => name === asked)?.[0] ?? 'entries'
  return (
    <Page
      title="Legal register"
      lead="What this service answers to, and which of its requirements answer it. Compliance proposes and checks; quality assurance approves against the source. Nothing goes away: the register can be read as of any moment."
    >
      <LocalNavigation label="Legal register" views={views} current={view} />
      {view !== 'propose' && <MomentForm asOf={asOf} />}
      {view === 'entries' && <Entries asOf={asOf} />}
      {view === 'waiting' && <Waiting asOf={asOf} />}
      {view === 'due' && <Due asOf={asOf} />}
      {view === 'propose' && <ProposalForm done={(id) => go(`/legal-register/${id}`)} />}
    </Page>
  )
}

function EntryLink({ id, instrument }: { id: string; instrument: string }) {
  const asOf = usePlace().query.get('asOf') ?? undefined
  const place = { path: `/legal-register/${id}`, query: new URLSearchParams() }
  return <Link to={withQuery(place, { asOf })}>{instrument}</Link>
}

const COLUMNS: Column<RegisterEntry>[] = [
  { title: 'Instrument', show: (entry) => <EntryLink id={entry.id} instrument={shownText(entry).instrument} /> },
  { title: 'Where', show: (entry) => shownText(entry).jurisdiction },
  { title: 'Citation', show: (entry) => shownText(entry).citation },
  { title: 'Kind', show: (entry) => shownText(entry).kind },
  { title: 'Status', show: (entry) => shownText(entry).status },
  { title: 'On record', show: (entry) => <EntryState of={entry} /> },
  {
    title: 'Checked',
    show: ({ entry }) =>
      (entry?.lastChecked && <Time at={entry.lastChecked} />) ?? <span className="quiet">never</span>,
  },
  { title: 'Requirements', numeric: true, show: ({ requirements }) => requirements.length },
]

function Entries({ asOf }: { asOf: string | undefined }) {
  const place = usePlace()
  const touches = place.query.get('touches') ?? undefined
  const { resource, reload } = useResource(`register ${asOf} ${touches}`, (signal) =>
    listEntries({ asOf, touches }, signal),
  )
  const edits = useMay('legal-register.edit')
  return (
    <>
      <div className="form">
        <SelectField
          label="That touch"
          name="touches"
          value={touches ?? ''}
          onChange={(topic) => go(withQuery(place, { touches: topic }))}
          options={[['', 'Anything'], ...TOPIC_NAMES.map((topic) => [topic, topic] as const)]}
        />
      </div>
      <Loaded resource={resource} retry={reload} what="the legal register">
        {(entries) => <EntryTable title="Entries" entries={entries} empty="Nothing is on record that fits." />}
      </Loaded>
      {edits && asOf === undefined && (
        <Panel title="What comes with the software">
          <p className="quiet">
            A new version of the software may bring entries along. Those on record here stay as they are.
          </p>
          <ActionForm submit="Take over new entries" act={adoptBaseline} done={reload} />
        </Panel>
      )}
    </>
  )
}

function Waiting({ asOf }: { asOf: string | undefined }) {
  const { resource, reload } = useResource(`register waiting ${asOf}`, (signal) =>
    listEntries({ asOf, waiting: true }, signal),
  )
  return (
    <Loaded resource={resource} retry={reload} what="what waits">
      {(entries) => <EntryTable title="Waiting for approval" entries={entries} empty="Nothing waits for approval." />}
    </Loaded>
  )
}

function EntryTable({ title, entries, empty }: { title: string; entries: RegisterEntry[]; empty: string }) {
  return (
    <Panel title={title} aside={<span className="quiet">{plural(entries.length, 'entry', 'entries')}</span>} flush>
      {entries.length === 0 ? (
        <Empty>{empty}</Empty>
      ) : (
        <DataTable caption={title} columns={COLUMNS} rows={entries} rowKey={({ id }) => id} />
      )}
    </Panel>
  )
}

const DUE: Column<DueEntry>[] = [
  { title: 'Instrument', show: (due) => <EntryLink {...due} /> },
  { title: 'Due, because', show: ({ reasons }) => reasons.map((reason) => DUE_WORDS[reason]).join('; ') },
  {
    title: 'Checked',
    show: ({ lastChecked }) => (lastChecked && <Time at={lastChecked} />) ?? <span className="quiet">never</span>,
  },
  { title: 'In force', show: ({ inForce }) => inForce && <Time at={inForce} /> },
  { title: 'Applies from', show: ({ appliesFrom }) => appliesFrom.join(', ') },
]

function Due({ asOf }: { asOf: string | undefined }) {
  const { resource, reload } = useResource(`register due ${asOf}`, (signal) => listDue(asOf, signal))
  return (
    <Loaded resource={resource} retry={reload} what="what is due">
      {(due) => (
        <Panel
          title="What somebody has to look at"
          aside={<span className="quiet">{plural(due.length, 'entry', 'entries')}</span>}
          flush
        >
          {due.length === 0 ? (
            <Empty>Nothing is due: every entry in force was held against its source within a year.</Empty>
          ) : (
            <DataTable caption="What is due" columns={DUE} rows={due} rowKey={({ id }) => id} />
          )}
        </Panel>
      )}
    </Loaded>
  )
}
