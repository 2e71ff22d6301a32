import { DETECTIONS } from '../../../../src/breaches/codes.js'
import { listBreaches, reportBreach, type BreachLine } from '../../api/breaches.js'
import { useList } from '../../api/use-list.js'
import { ActionForm, filledIn, momentOf, textOf } from '../../components/action-form.js'
import { Badge } from '../../components/badge.js'
import type { Column } from '../../components/data-table.js'
import { SelectField, TextField } from '../../components/field.js'
import { ListPanel } from '../../components/list-panel.js'
import { LocalNavigation } from '../../components/local-navigation.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { Time } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { go, usePlace } from '../../routing/location.js'
import { useMay } from '../../session/use-session.js'
import { BreachClock, DETECTION_WORDS, RISK_WORDS } from './breach-words.js'

const COLUMNS: Column<BreachLine>[] = [
  { title: 'Breach', show: ({ breach }) => <Link to={`/breaches/${breach}`}>{breach.slice(0, 8)}</Link> },
  { title: 'Clock', show: (line) => <BreachClock {...line} /> },
  { title: 'Known since', show: ({ awareAt }) => <Time at={awareAt} /> },
  { title: 'Authority by', show: ({ dueAt }) => <Time at={dueAt} /> },
  {
    title: 'Risk',
    show: ({ risk }) => (risk === null ? <span className="quiet">not assessed</span> : RISK_WORDS[risk]),
  },
  {
    title: 'State',
    show: ({ status }) => <Badge tone={status === 'closed' ? 'good' : 'caution'}>{status}</Badge>,
  },
]

const VIEWS = [
  ['all', 'All'],
  ['open', 'Open'],
  ['closed', 'Closed'],
] as const

/** The breach register (GDPR Art 33(5)), each breach against its 72 hours. */
export function BreachList() {
  const reads = useMay('breach.read')
  const reports = useMay('breach.report')
  return (
    <Page
      title="Breaches"
      lead="From the moment a breach of personal data is known, the authority is to be notified within 72 hours (Art 33)."
    >
      {reads && <Register />}
      {reports && <ReportForm stays={!reads} />}
    </Page>
  )
}

function Register() {
  const { query } = usePlace()
  const view = VIEWS.find(([code]) => code === query.get('view'))?.[0] ?? 'all'
  const status = view === 'all' ? undefined : view
  const breaches = useList(`breaches ${view}`, (cursor, signal) => listBreaches(status, cursor, signal))
  return (
    <>
      <LocalNavigation label="Which breaches" views={VIEWS} current={view} />
      <ListPanel
        title="Register"
        caption="Breaches, newest first"
        what="the register"
        empty="No breach is on record here."
        list={breaches}
        columns={COLUMNS}
        rowKey={({ breach }) => breach}
      />
    </>
  )
}

/** @param stays the reporter may not read the register, and is told that the report was taken */
function ReportForm({ stays }: { stays: boolean }) {
  const report = async (form: FormData) => {
    const awareAt = momentOf(form, 'awareAt')
    const { breach } = await reportBreach({
      detection: textOf(form, 'detection'),
      detectedAt: momentOf(form, 'detectedAt')!,
      ...(awareAt !== undefined && { awareAt }),
      ...filledIn(form, ['description', 'contact', 'consequences', 'measures']),
    })
    if (stays) go(`/breaches?reported=${breach}`)
    else go(`/breaches/${breach}`)
  }
  const reported = usePlace().query.get('reported')
  return (
    <Panel title="Report a breach">
      {reported !== null && (
        <p role="status">
          The breach is on record as <code>{reported}</code>. Compliance takes it from here.
        </p>
      )}
      <ActionForm submit="Enter it in the register" act={report} primary>
        <SelectField
          label="How it was detected"
          name="detection"
          value="staff"
          options={DETECTIONS.map((code) => [code, DETECTION_WORDS[code]] as const)}
        />
        <TextField label="Detected" name="detectedAt" type="datetime-local" required />
        <TextField
          label="Known to the controller since"
          name="awareAt"
          type="datetime-local"
          hint="The 72 hours run from then. Empty: now."
        />
        <TextField label="What happened" name="description" rows={3} hint="Kept sealed, as all that is written here." />
      </ActionForm>
    </Panel>
  )
}
