import { PURPOSES } from '../../../../src/consents/codes.js'
import { readConsentUses, type ConsentUse } from '../../api/consents.js'
import { useResource } from '../../api/use-resource.js'
import { Badge } from '../../components/badge.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Pager } from '../../components/pager.js'
import { Panel } from '../../components/panel.js'
import { Actor, Time } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { usePlace } from '../../routing/location.js'
import { REFUSALS } from './consent-words.js'

const COLUMNS: Column<ConsentUse>[] = [
  { title: 'Use', show: ({ purpose, model }) => `${PURPOSES[purpose]}${model ? `, with ${model}` : ''}` },
  { title: 'Answer', show: (use) => <Outcome use={use} /> },
  { title: 'Asked by', show: (use) => <Actor actor={{ id: use.actor, role: use.actorRole, org: use.actorOrg }} /> },
  { title: 'When', show: ({ recordedAt }) => <Time at={recordedAt} exact /> },
  { title: 'For', show: ({ reference }) => reference && <Link to={`/simulations/${reference}`}>the run</Link> },
  { title: 'Entry', show: ({ position }) => <Link to={`/audit/${position}`}>{position}</Link> },
]

/** The accounting of uses: whoever wanted to use the data, and what the consent answered. */
export function ConsentUses({ subject }: { subject: string }) {
  const cursor = usePlace().query.get('cursor') ?? undefined
  const { resource, reload } = useResource(`uses ${subject} ${cursor}`, (signal) =>
    readConsentUses(subject, cursor, signal),
  )
  return (
    <Loaded resource={resource} retry={reload} what="the uses">
      {({ uses, next }) => (
        <>
          <Panel title="Uses that were asked for" flush>
            {uses.length === 0 ? (
              <Empty>Nobody has asked to use this person's data.</Empty>
            ) : (
              <DataTable caption="Uses, newest first" columns={COLUMNS} rows={uses} rowKey={({ use }) => use} />
            )}
          </Panel>
          <Pager next={next} />
        </>
      )}
    </Loaded>
  )
}

function Outcome({ use: { outcome, permit, codes } }: { use: ConsentUse }) {
  const ground = permit !== null && ' under a data permit, without consent'
  if (outcome === 'authorised')
    return (
      <>
        <Badge tone="good">permitted</Badge>
        {ground}
      </>
    )
  return (
    <>
      <Badge tone="bad">refused</Badge> {codes.map((code) => REFUSALS[code] ?? code).join('; ')}
    </>
  )
}
