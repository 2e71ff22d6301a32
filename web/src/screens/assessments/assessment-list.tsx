import { PURPOSES } from '../../../../src/consents/codes.js'
import { RUN_PURPOSES } from '../../../../src/models/run-purposes.js'
import { listAssessments, proposeAssessment, type AssessmentLine } from '../../api/assessments.js'
import { listModels } from '../../api/models.js'
import { useResource } from '../../api/use-resource.js'
import { ActionForm, filledIn } from '../../components/action-form.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { SelectField, TextField } from '../../components/field.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { Link } from '../../routing/link.js'
import { go } from '../../routing/location.js'
import { useMay } from '../../session/use-session.js'
import { purposeText } from '../consents/consent-words.js'
import { AssessmentState, RESIDUAL_RISK_WORDS, ReviewBy } from './assessment-words.js'

const COLUMNS: Column<AssessmentLine>[] = [
  {
    title: 'Use',
    show: ({ assessment, model, version }) => (
      <Link to={`/impact-assessments/${assessment}`}>
        {model} {version ?? '(every version)'}
      </Link>
    ),
  },
  { title: 'Purpose', show: ({ purpose }) => purposeText(purpose) },
  { title: 'State', show: ({ status }) => <AssessmentState status={status} /> },
  {
    title: 'Residual risk',
    show: ({ approval, draft }) => {
      const risk = approval?.residualRisk ?? draft?.advice?.residualRisk
      return risk && RESIDUAL_RISK_WORDS[risk]
    },
  },
  { title: 'Review by', show: ({ approval }) => <ReviewBy approval={approval} /> },
]

/** Impact assessments (GDPR Art 35): without one in force, a model of high risk is not used for decisions. */
export function AssessmentList() {
  const { resource, reload } = useResource('impact assessments', (signal) => listAssessments(undefined, signal))
  const proposes = useMay('impact-assessment.propose')
  return (
    <Page
      title="Impact assessments"
      lead="What the use of a model may do to persons (GDPR Art 35): proposed, advised on, approved until its review. Without one in force, a model of high risk is not used for decisions."
    >
      <Loaded resource={resource} retry={reload} what="the impact assessments">
        {(assessments) => (
          <Panel title="Uses that were assessed" flush>
            {assessments.length === 0 ? (
              <Empty>No use of a model was assessed yet.</Empty>
            ) : (
              <DataTable
                caption="Impact assessments"
                columns={COLUMNS}
                rows={assessments}
                rowKey={({ assessment }) => assessment}
              />
            )}
          </Panel>
        )}
      </Loaded>
      {proposes && <ProposalForm />}
    </Page>
  )
}

const OF_PURPOSE = RUN_PURPOSES.map((code) => [code, `${code}: ${PURPOSES[code] ?? code}`] as const)
const PARTS = ['version', 'description', 'necessity', 'risks', 'measures'] as const

function ProposalForm() {
  const { resource, reload } = useResource('models', listModels)
  const propose = async (form: FormData) => {
    const use = { model: String(form.get('model')), purpose: String(form.get('purpose')) }
    const { assessment } = await proposeAssessment({ ...use, ...filledIn(form, PARTS) })
    go(`/impact-assessments/${assessment}`)
  }
  return (
    <Panel title="Propose an assessment, or a new round of one">
      <Loaded resource={resource} retry={reload} what="the models">
        {(models) => (
          <ActionForm submit="Propose" act={propose} primary>
            <SelectField
              label="Model"
              name="model"
              value=""
              options={models.map(({ id, title }) => [id, `${title} (${id})`] as const)}
            />
            <SelectField label="Purpose" name="purpose" value="HRESCH" options={OF_PURPOSE} />
            <TextField label="Version" name="version" hint="The one that runs; empty: every version." />
            <TextField label="The processing and its purposes (Art 35(7)(a))" name="description" rows={3} />
            <TextField label="Why it is necessary and proportionate (b)" name="necessity" rows={3} />
            <TextField label="Risks for persons (c)" name="risks" rows={3} />
            <TextField label="Measures against them (d)" name="measures" rows={3} />
          </ActionForm>
        )}
      </Loaded>
    </Panel>
  )
}
