import { listVersions, proposeVersion, readModel, type Model, type VersionLine } from '../../api/models.js'
import { useResource } from '../../api/use-resource.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Details } from '../../components/details.js'
import { SelectField } from '../../components/field.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { Time, words } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { useMay } from '../../session/use-session.js'
import { CasePanel } from './case-panel.js'
import { StatusBadge } from './model-words.js'

interface Registered {
  model: Model
  versions: VersionLine[]
}

export function ModelPage({ id }: { id: string }) {
  const { resource, reload } = useResource(`model ${id}`, (signal) => readRegistered(id, signal))
  return (
    <Page
      title={resource.state === 'ready' ? resource.data.model.card.title : 'Model'}
      lead={
        <>
          <code>{id}</code> · <Link to="/models">all models</Link> ·{' '}
          <Link to={`/advances?model=${encodeURIComponent(id)}`}>what it stands on</Link>
        </>
      }
    >
      <Loaded resource={resource} retry={reload} what="the model">
        {({ model, versions }) => (
          <>
            <CardPanel model={model} />
            <Versions versions={versions} />
            {!versions.some(({ version }) => version === model.card.version) && <ProposalForm id={id} done={reload} />}
            {versions.map(({ version }) => (
              <CasePanel key={version} id={id} version={version} changed={reload} />
            ))}
          </>
        )}
      </Loaded>
    </Page>
  )
}

async function readRegistered(id: string, signal: AbortSignal): Promise<Registered> {
  const [model, versions] = await Promise.all([readModel(id, signal), listVersions(id, signal)])
  return { model, versions: versions.toReversed() }
}

function CardPanel({ model: { card, digests } }: { model: Model }) {
  return (
    <Panel title={`Card of version ${card.version}, which runs here`}>
      <Details
        items={[
          ['Question of interest', card.questionOfInterest],
          ['Context of use', card.contextOfUse],
          ['Risk', `${card.risk.tier} (influence ${card.risk.influence}, consequence ${card.risk.consequence})`],
          ['Verification', card.verification.join('; ')],
          ['Validation', <Validation studies={card.validation} />],
          ['Refused', card.limits.refused.join('; ')],
          ['Stated limits', card.limits.stated.join('; ')],
          ['Known bias', card.knownBias.join('; ')],
          ['Publications', card.doi.join(', ')],
          ['Code', <code>{digests.code}</code>],
          ['Coefficients', <code>{digests.coefficients}</code>],
        ]}
      />
    </Panel>
  )
}

function Validation({ studies }: { studies: Model['card']['validation'] }) {
  return (
    <>
      {studies.map(({ population, n, metric, unverified }) => (
        <div key={`${population} ${metric}`}>
          {population}
          {n !== null && ` (${n.toLocaleString('en')} people)`}: {metric}
          {unverified && <span className="quiet"> — not held against the source</span>}
        </div>
      ))}
    </>
  )
}

const COLUMNS: Column<VersionLine>[] = [
  { title: 'Version', show: ({ version }) => version },
  { title: 'State', show: ({ status }) => <StatusBadge status={status} /> },
  { title: 'Risk', show: ({ riskTier }) => riskTier },
  { title: 'EU AI Act', show: ({ aiActClass }) => aiActClass && words(aiActClass) },
  { title: 'Proposed', show: ({ proposedAt }) => <Time at={proposedAt} /> },
  { title: 'Approved', show: ({ approvedAt }) => approvedAt && <Time at={approvedAt} /> },
  {
    title: 'How',
    show: ({ signed }) => signed !== null && (signed ? 'by electronic signature' : 'recorded, unsigned'),
  },
  { title: 'Superseded by', show: ({ supersededBy }) => supersededBy },
]

function Versions({ versions }: { versions: VersionLine[] }) {
  return (
    <Panel title="Versions on record" flush>
      {versions.length === 0 ? (
        <Empty>No version was proposed: every run of this model is exploratory.</Empty>
      ) : (
        <DataTable caption="Versions" columns={COLUMNS} rows={versions} rowKey={({ version }) => version} />
      )}
    </Panel>
  )
}

const NATURES = [
  ['mechanistic', 'laws of physiology'],
  ['statistical', 'a published regression'],
  ['learned', 'training on data by a machine'],
] as const

/** Puts the version that runs here on record, with which its credibility case begins. */
function ProposalForm({ id, done }: { id: string; done: () => void }) {
  const defines = useMay('model.define')
  if (!defines) return null
  const propose = async (form: FormData) => {
    await proposeVersion(id, textOf(form, 'nature'))
    done()
  }
  return (
    <Panel title="Propose the version that runs here">
      <ActionForm submit="Propose it" act={propose} primary>
        <SelectField label="Where its equations come from" name="nature" value="statistical" options={NATURES} />
      </ActionForm>
    </Panel>
  )
}
