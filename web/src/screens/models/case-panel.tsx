import { readVersion, type CredibilityCase, type Factor } from '../../api/models.js'
import { useResource } from '../../api/use-resource.js'
import { Badge } from '../../components/badge.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Details } from '../../components/details.js'
import { Loaded } from '../../components/loaded.js'
import { Panel } from '../../components/panel.js'
import { words } from '../../components/values.js'
import { useMay } from '../../session/use-session.js'
import { RecordSignatures } from '../signatures/record-signatures.js'
import { CaseStepForm } from './case-step-form.js'
import { Approval, VersionLife } from './version-acts.js'

const COLUMNS: Column<Factor>[] = [
  { title: 'Factor', show: ({ title }) => title },
  { title: 'Goal', show: ({ goal, asksFor }) => (goal === null ? 'does not apply' : `${goal}: ${asksFor}`) },
  { title: 'Reached', numeric: true, show: ({ goal, achieved }) => goal !== null && (achieved ?? '–') },
  {
    title: 'Met',
    show: ({ goal, met, achieved }) =>
      goal !== null && (
        <Badge tone={met ? 'good' : achieved === null ? 'neutral' : 'bad'}>
          {met ? 'met' : achieved === null ? 'open' : 'not met'}
        </Badge>
      ),
  },
  { title: 'What was shown', show: ({ summary, rationale, goal }) => summary ?? (goal === null ? rationale : null) },
  { title: 'Evidence', show: ({ evidence }) => evidence.map(({ title }) => title).join('; ') },
]

/** The credibility case of one version, step by step, with the factors of its plan, and what the reader may do about it. */
export function CasePanel({ id, version, changed }: { id: string; version: string; changed: () => void }) {
  const { resource, reload } = useResource(`case ${id} ${version}`, (signal) => readVersion(id, version, signal))
  const defines = useMay('model.define')
  const done = () => {
    reload()
    changed()
  }
  return (
    <Loaded resource={resource} retry={reload} what="the credibility case">
      {(found) => {
        const made = found.credibilityCase
        const acts = { id, version, found, done }
        return (
          <>
            <Panel title={`Credibility case of version ${version}`}>
              <Outline made={made} />
              {made.factors.length > 0 && (
                <DataTable
                  caption="Credibility factors"
                  columns={COLUMNS}
                  rows={made.factors}
                  rowKey={({ factor }) => factor}
                />
              )}
              {defines && <CaseStepForm {...acts} />}
              <Approval {...acts} />
              <VersionLife {...acts} />
            </Panel>
            <RecordSignatures
              stream={found.stream}
              revision={found.revision}
              suggested="approval"
              title={`Signatures on version ${version}`}
            />
          </>
        )
      }}
    </Loaded>
  )
}

function Outline({ made: { steps, next, question, contextOfUse, risk, adequacy } }: { made: CredibilityCase }) {
  return (
    <Details
      items={[
        [
          'Steps done',
          steps
            .filter(({ done }) => done)
            .map(({ step }) => words(step))
            .join(' → '),
        ],
        ['Comes next', next && words(next)],
        ['Question of interest', question],
        ['Context of use', contextOfUse && `${contextOfUse.statement} (${contextOfUse.purposes.join(', ')})`],
        ['Model risk', risk && `${risk.tier}: ${risk.rationale}`],
        ['Adequacy', adequacy && `${adequacy.adequate ? 'adequate' : 'not adequate'}: ${adequacy.rationale}`],
      ]}
    />
  )
}
