import { FINDINGS, RESOLUTIONS, SEVERITIES } from '../../../../src/audit/review/codes.js'
import { recordFinding, resolveFinding, type Finding, type Review } from '../../api/reviews.js'
import { ActionForm, listOf, textOf } from '../../components/action-form.js'
import { Badge, type Tone } from '../../components/badge.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { SelectField, TextField, toChoose } from '../../components/field.js'
import { Empty } from '../../components/loaded.js'
import { Panel } from '../../components/panel.js'
import { Link } from '../../routing/link.js'
import { useCaller, useMay } from '../../session/use-session.js'

const TONES: Record<Finding['severity'], Tone> = { minor: 'neutral', major: 'caution', critical: 'bad' }

interface Props {
  found: Review
  done: () => void
}

/** What the reviewer found, and what came of it. */
export function Findings({ found, done }: Props) {
  const { findings, status, reviewer } = found
  const { id } = useCaller()
  const conducts = useMay('audit-review.conduct') && status === 'under-way'
  const columns: Column<Finding>[] = [
    { title: 'Finding', show: ({ code }) => FINDINGS[code] },
    { title: 'Severity', show: ({ severity }) => <Badge tone={TONES[severity]}>{severity}</Badge> },
    { title: 'In words', show: ({ explanation }) => explanation ?? <span className="quiet">sealed for you</span> },
    {
      title: 'Entries',
      show: ({ positions }) =>
        positions.map((position) => (
          <span key={position}>
            <Link to={`/audit/${position}`}>{position}</Link>{' '}
          </span>
        )),
    },
    {
      title: 'What came of it',
      show: (finding) =>
        finding.resolution ? RESOLUTIONS[finding.resolution] : conducts && <Resolve {...{ found, finding, done }} />,
    },
  ]
  return (
    <>
      <Panel title="Findings" flush>
        {findings.length === 0 ? (
          <Empty>Nothing was found{status === 'planned' || status === 'under-way' ? ' so far' : ''}.</Empty>
        ) : (
          <DataTable caption="Findings" columns={columns} rows={findings} rowKey={({ finding }) => finding} />
        )}
      </Panel>
      {conducts && reviewer === id && <FindingForm found={found} done={done} />}
    </>
  )
}

function Resolve({ found: { review }, finding: { finding }, done }: Props & { finding: Finding }) {
  const resolve = async (form: FormData) => {
    await resolveFinding(review, finding, textOf(form, 'resolution'))
    done()
  }
  return (
    <ActionForm submit="Record" act={resolve}>
      <SelectField
        label="What came of it"
        name="resolution"
        value=""
        options={toChoose(Object.entries(RESOLUTIONS))}
        required
      />
    </ActionForm>
  )
}

function FindingForm({ found: { review }, done }: Props) {
  const record = async (form: FormData) => {
    const positions = listOf(form, 'positions').map(Number)
    const explanation = textOf(form, 'explanation')
    await recordFinding(review, {
      code: textOf(form, 'code'),
      severity: textOf(form, 'severity'),
      positions,
      explanation,
    })
    done()
  }
  return (
    <Panel title="Record a finding">
      <ActionForm submit="Record it" act={record}>
        <SelectField
          label="What was found"
          name="code"
          value=""
          options={toChoose(Object.entries(FINDINGS))}
          required
        />
        <SelectField
          label="Severity"
          name="severity"
          value="minor"
          options={SEVERITIES.map((each) => [each, each] as const)}
        />
        <TextField label="Entries of the sample" name="positions" hint="Positions, separated by spaces." required />
        <TextField label="In your words" name="explanation" rows={3} hint="Kept sealed." required />
      </ActionForm>
    </Panel>
  )
}
