import { readEntry, type LegalText, type RegisterEntry } from '../../api/legal-register.js'
import { useResource } from '../../api/use-resource.js'
import { Change } from '../../components/change.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Details } from '../../components/details.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { MomentForm } from '../../components/moment-form.js'
import { Notice } from '../../components/notice.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { ShortId } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { usePlace } from '../../routing/location.js'
import { useMay } from '../../session/use-session.js'
import { EntrySteps } from './entry-steps.js'
import { ProposalForm } from './proposal-form.js'
import { EntryState, linesOf, OUTCOME_WORDS, RETIREMENT_WORDS, shownText } from './register-words.js'

/** One instrument: what is on record of it, what waits, and the next step. */
export function EntryPage({ id }: { id: string }) {
  const asOf = usePlace().query.get('asOf') ?? undefined
  const { resource, reload } = useResource(`entry ${id} ${asOf}`, (signal) => readEntry(id, asOf, signal))
  return (
    <Page
      title={resource.state === 'ready' ? shownText(resource.data).instrument : 'Entry of the legal register'}
      lead={
        <>
          <code>{id}</code> · <Link to="/legal-register">the whole register</Link> ·{' '}
          <Link to="/audit?type=legal-entry.*">every change of the register</Link>
        </>
      }
    >
      <MomentForm asOf={asOf} />
      <Loaded resource={resource} retry={reload} what="the entry">
        {(found) => (
          <>
            <Text found={found} />
            <Proposed found={found} />
            {asOf === undefined && <Steps found={found} done={reload} />}
            <Requirements of={found} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Text({ found }: { found: RegisterEntry }) {
  const text = shownText(found)
  const { entry, lastCheck, retirement } = found
  const lines = linesOf(text).map(
    ([name, value]) =>
      [name, name === 'Source' && text.sourceUrl ? <Source address={text.sourceUrl} /> : value] as const,
  )
  return (
    <Panel title={entry === null ? 'What was proposed' : 'On record'} aside={<EntryState of={found} />}>
      <Details
        items={[
          ...lines,
          ['Last checked', entry && (entry.lastChecked ?? 'never')],
          ['Approved by', entry?.approvedBy && <ShortId id={entry.approvedBy} />],
          [
            'Last look at the source',
            lastCheck && `${lastCheck.checkedOn}: ${OUTCOME_WORDS[lastCheck.outcome]}. ${lastCheck.remark}`,
          ],
          [
            'Retired',
            retirement &&
              `${RETIREMENT_WORDS[retirement.reason]}${retirement.supersededBy === null ? '' : `: ${retirement.supersededBy}`}`,
          ],
        ]}
      />
    </Panel>
  )
}

function Source({ address }: { address: string }) {
  if (!address.startsWith('https://')) return <>{address}</>
  return (
    <a href={address} rel="noreferrer" target="_blank">
      {address}
      <span className="visually-hidden"> (opens in a new window)</span>
    </a>
  )
}

/** What waits for somebody else, beside what is in force. */
function Proposed({ found: { entry, proposal } }: { found: RegisterEntry }) {
  if (proposal === null) return null
  if (proposal.change === 'retirement') {
    const { reason, supersededBy } = proposal.retirement
    return (
      <Notice tone="caution">
        <p>
          It is proposed to retire this entry: {RETIREMENT_WORDS[reason]}
          {supersededBy !== null && (
            <>
              {' '}
              (<Link to={`/legal-register/${supersededBy}`}>{supersededBy}</Link>)
            </>
          )}
          . Proposed by <ShortId id={proposal.proposer} />.
        </p>
      </Notice>
    )
  }
  const changes = entry === null ? [] : changesBetween(entry, proposal.text)
  return (
    <Panel
      title="What waits for approval"
      aside={
        <span className="quiet">
          proposed by <ShortId id={proposal.proposer} />
        </span>
      }
    >
      {entry === null ? (
        <p>The entry is new: what is shown above.</p>
      ) : changes.length === 0 ? (
        <p>The entry as it stands, to be approved here.</p>
      ) : (
        <Details items={changes.map(([name, was, is]) => [name, <Change before={was} after={is} />] as const)} />
      )}
    </Panel>
  )
}

function changesBetween(before: LegalText, after: LegalText): [name: string, was: string, is: string][] {
  const earlier = new Map(linesOf(before))
  return linesOf(after).flatMap(([name, is]) => {
    const was = earlier.get(name) ?? ''
    return was === is ? [] : [[name, was || 'nothing', is || 'nothing']]
  })
}

function Steps({ found, done }: { found: RegisterEntry; done: () => void }) {
  const edits = useMay('legal-register.edit')
  if (found.standing === 'retired') return null
  return (
    <>
      <EntrySteps found={found} done={done} />
      {edits && (
        <details className="panel">
          <summary className="panel-header">Propose a change of the text</summary>
          <ProposalForm of={found} done={done} />
        </details>
      )}
    </>
  )
}

type Requirement = RegisterEntry['requirements'][number]

const COLUMNS: Column<Requirement>[] = [
  { title: 'Requirement', show: ({ id }) => <code>{id}</code> },
  { title: 'What it says', show: ({ statement }) => statement },
  { title: 'In this version', show: ({ status }) => status },
]

function Requirements({ of: { requirements } }: { of: RegisterEntry }) {
  return (
    <Panel title="What this version was built to do about it" flush>
      {requirements.length === 0 ? (
        <Empty>No requirement of this version answers it.</Empty>
      ) : (
        <DataTable caption="Requirements" columns={COLUMNS} rows={requirements} rowKey={({ id }) => id} />
      )}
    </Panel>
  )
}
