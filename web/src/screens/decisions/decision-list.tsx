import { listDecisions, type DecisionLine, type DecisionStatus } from '../../api/decisions.js'
import { useList } from '../../api/use-list.js'
import type { Column } from '../../components/data-table.js'
import { ListPanel } from '../../components/list-panel.js'
import { LocalNavigation } from '../../components/local-navigation.js'
import { Page } from '../../components/page.js'
import { Time } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { usePlace } from '../../routing/location.js'
import { DecisionBadge, MATTER_WORDS, STATUS_WORDS } from './decision-words.js'

const COLUMNS: Column<DecisionLine>[] = [
  { title: 'About', show: ({ decision, matter }) => <Link to={`/decisions/${decision}`}>{MATTER_WORDS[matter]}</Link> },
  { title: 'State', show: ({ status }) => <DecisionBadge status={status} /> },
  { title: 'Effects', show: ({ significant }) => (significant ? 'significant (Art 22)' : 'not significant') },
  { title: 'Rests on', show: ({ run }) => <Link to={`/simulations/${run}`}>run {run.slice(0, 8)}</Link> },
  { title: 'Proposed', show: ({ proposedAt }) => <Time at={proposedAt} /> },
  { title: 'Adopted', show: ({ adoptedAt }) => adoptedAt && <Time at={adoptedAt} /> },
]

const SHOWN: readonly DecisionStatus[] = ['proposed', 'agreed', 'contested']
const VIEWS = [['all', 'All'], ...SHOWN.map((status) => [status, STATUS_WORDS[status].text] as const)] as const

/** Decisions about persons that rest on runs. None of significance holds before a person agreed to it (GDPR Art 22). */
export function DecisionList() {
  const asked = usePlace().query.get('view')
  const status = SHOWN.find((one) => one === asked)
  const decisions = useList(`decisions ${status}`, (cursor, signal) => listDecisions(status, cursor, signal))
  return (
    <Page
      title="Decisions"
      lead="Decisions about persons that rest on a run of a model. One with significant effects holds only after a person has agreed to it, and the person concerned can contest it (GDPR Art 22). They are proposed on the page of a run."
    >
      <LocalNavigation label="Decisions" views={VIEWS} current={status ?? 'all'} />
      <ListPanel
        title="Decisions"
        caption="Decisions, newest first"
        what="the decisions"
        empty="There is no such decision."
        list={decisions}
        columns={COLUMNS}
        rowKey={({ decision }) => decision}
      />
    </Page>
  )
}
