import { readFindings, type FactRecord, type Finding, type Twin } from '../../api/twins.js'
import { useResource } from '../../api/use-resource.js'
import { Badge, type Tone } from '../../components/badge.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Panel } from '../../components/panel.js'
import { Time, words } from '../../components/values.js'
import { ERASED, factName, factValue } from './fact-words.js'

const TONES: Record<string, Tone> = { error: 'bad', warning: 'caution' }

/** What the service found wrong with the data as they arrived, and what was settled since. */
export function Findings({ twin }: { twin: Twin }) {
  const { resource, reload } = useResource(`findings ${twin.twin} ${twin.revision}`, (signal) =>
    readFindings(twin.twin, 'all', signal),
  )
  const facts = new Map(twin.facts.map((fact) => [fact.id, fact]))
  return (
    <Panel title="What was found in the data" flush>
      <Loaded resource={resource} retry={reload} what="the findings">
        {(findings) =>
          findings.length === 0 ? (
            <Empty>Nothing was found wrong with the data of this twin.</Empty>
          ) : (
            <DataTable
              caption="Data-quality findings"
              columns={columns(facts)}
              rows={findings}
              rowKey={({ id }) => id}
            />
          )
        }
      </Loaded>
    </Panel>
  )
}

function columns(facts: ReadonlyMap<string, FactRecord>): Column<Finding>[] {
  return [
    { title: 'Finding', show: ({ meaning, value }) => meaning ?? value?.rule ?? ERASED },
    { title: 'Severity', show: ({ value }) => value && <Badge tone={TONES[value.severity]}>{value.severity}</Badge> },
    { title: 'Dimension', show: ({ value }) => value && words(value.dimension) },
    { title: 'About', show: ({ value }) => <About fact={facts.get(value?.target ?? '')} code={value?.code} /> },
    { title: 'Rule', show: ({ value }) => value && <code>{value.rule}</code> },
    { title: 'Found', show: ({ recordedAt }) => <Time at={recordedAt} /> },
    {
      title: 'Now',
      show: ({ resolvedAt }) =>
        resolvedAt ? (
          <Badge tone="good">
            settled <Time at={resolvedAt} />
          </Badge>
        ) : (
          <Badge tone="caution">holds</Badge>
        ),
    },
  ]
}

function About({ fact, code }: { fact: FactRecord | undefined; code: string | undefined }) {
  if (!fact?.value) return <>{code ?? 'the twin'}</>
  return (
    <>
      {factName(fact.value)}, {factValue(fact.value)}
    </>
  )
}
