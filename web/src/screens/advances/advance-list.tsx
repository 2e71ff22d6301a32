import { listAdvances, type Advance } from '../../api/advances.js'
import { useResource } from '../../api/use-resource.js'
import { Badge } from '../../components/badge.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { plural, words } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { usePlace } from '../../routing/location.js'

const CONFIDENCE: Record<Advance['confidence'], string> = {
  H: 'held against its abstract',
  M: 'at second hand',
  L: 'from memory',
}

const COLUMNS: Column<Advance>[] = [
  { title: 'Published', show: ({ published }) => published },
  {
    title: 'Advance',
    show: ({ title, method }) => (
      <>
        <strong>{title}</strong>
        <div className="quiet">{method}</div>
      </>
    ),
  },
  { title: 'What it changes', show: ({ changes }) => changes },
  { title: 'Alternatives', show: ({ alternatives }) => alternatives.join('; ') },
  { title: 'Source', show: ({ source }) => <Source source={source} /> },
  { title: 'Our models', show: ({ models }) => models.join(', ') },
  { title: 'Confidence', show: ({ confidence, lastChecked }) => `${CONFIDENCE[confidence]}, ${lastChecked}` },
  {
    title: 'Review',
    show: ({ status }) => <Badge tone={status === 'reviewed' ? 'good' : 'neutral'}>{words(status)}</Badge>,
  },
]

export function AdvanceList() {
  const model = usePlace().query.get('model') ?? undefined
  const { resource, reload } = useResource(`advances ${model}`, (signal) => listAdvances(model, signal))
  return (
    <Page
      title="Advances"
      lead={
        <>
          Methods of digital twins in healthcare, dated and sourced; each entry is reviewed by somebody other than who
          proposed it. <Link to="/models">Models</Link>
          {model !== undefined && (
            <>
              {' · '}
              only what touches <code>{model}</code>, <Link to="/advances">show all</Link>
            </>
          )}
        </>
      }
    >
      <Loaded resource={resource} retry={reload} what="the advances">
        {(advances) => (
          <Panel
            title="Overview"
            aside={<span className="quiet">{plural(advances.length, 'entry', 'entries')}</span>}
            flush
          >
            {advances.length === 0 ? (
              <Empty>Nothing is on record yet.</Empty>
            ) : (
              <DataTable caption="Advances" columns={COLUMNS} rows={advances} rowKey={({ id }) => id} />
            )}
          </Panel>
        )}
      </Loaded>
    </Page>
  )
}

function Source({ source: { citation, doi, url } }: { source: Advance['source'] }) {
  const address = doi === undefined ? url : `https://doi.org/${encodeURI(doi)}`
  // Whoever proposes an entry types the address; only one of the web becomes a link.
  if (address === undefined || !/^https?:\/\//i.test(address)) return <>{citation}</>
  return (
    <a href={address} rel="noreferrer" target="_blank">
      {citation}
    </a>
  )
}
