import type { ReactNode } from 'react'
import { Page } from '../components/page.js'
import { Link } from '../routing/link.js'
import { AdvanceList } from './advances/advance-list.js'
import { AssessmentList } from './assessments/assessment-list.js'
import { AssessmentPage } from './assessments/assessment-page.js'
import { AuditEntryPage } from './audit/audit-entry-page.js'
import { AuditTrail } from './audit/audit-trail.js'
import { BreachList } from './breaches/breach-list.js'
import { BreachPage } from './breaches/breach-page.js'
import { ConsultationList } from './consultations/consultation-list.js'
import { ConsentsScreen } from './consents/consents-screen.js'
import { SubjectPage } from './consents/subject-page.js'
import { CohortList } from './cohorts/cohort-list.js'
import { CohortPage } from './cohorts/cohort-page.js'
import { DecisionList } from './decisions/decision-list.js'
import { DecisionPage } from './decisions/decision-page.js'
import { QueryList } from './data-queries/query-list.js'
import { QueryPage } from './data-queries/query-page.js'
import { EmergencyScreen } from './emergencies/emergency-screen.js'
import { KeysScreen } from './keys/keys-screen.js'
import { EntryPage } from './legal-register/entry-page.js'
import { RegisterScreen } from './legal-register/register-screen.js'
import { LogScreen } from './log/log-screen.js'
import { NoticePage } from './notices/notice-page.js'
import { NoticesScreen } from './notices/notices-screen.js'
import { ModelList } from './models/model-list.js'
import { ModelPage } from './models/model-page.js'
import { OperationsScreen } from './operations/operations-screen.js'
import { Overview } from './overview/overview.js'
import { PrivacyScreen } from './privacy/privacy-screen.js'
import { RequestPage } from './privacy/request-page.js'
import { RetentionScreen } from './retention/retention-screen.js'
import { ReviewList } from './reviews/review-list.js'
import { ReviewPage } from './reviews/review-page.js'
import { PersonPage } from './roster/person-page.js'
import { RosterScreen } from './roster/roster-screen.js'
import { RunList } from './simulations/run-list.js'
import { RunPage } from './simulations/run-page.js'
import { SourceScreen } from './sources/source-screen.js'
import { TicketList } from './tickets/ticket-list.js'
import { TrialList } from './trials/trial-list.js'
import { TrialPage } from './trials/trial-page.js'
import { TwinList } from './twins/twin-list.js'
import { TwinPage } from './twins/twin-page.js'

/** Address → screen. A part in braces is handed to the screen. */
const SCREENS: readonly { pattern: string; show: (part: string) => ReactNode }[] = [
  { pattern: '/', show: () => <Overview /> },
  { pattern: '/twins', show: () => <TwinList /> },
  { pattern: '/twins/{}', show: (twin) => <TwinPage key={twin} twin={twin} /> },
  { pattern: '/consents', show: () => <ConsentsScreen /> },
  { pattern: '/consents/{}', show: (subject) => <SubjectPage key={subject} subject={subject} /> },
  { pattern: '/simulations', show: () => <RunList /> },
  { pattern: '/simulations/{}', show: (run) => <RunPage key={run} run={run} /> },
  { pattern: '/cohorts', show: () => <CohortList /> },
  { pattern: '/cohorts/{}', show: (cohort) => <CohortPage key={cohort} cohort={cohort} /> },
  { pattern: '/decisions', show: () => <DecisionList /> },
  { pattern: '/decisions/{}', show: (decision) => <DecisionPage key={decision} decision={decision} /> },
  { pattern: '/models', show: () => <ModelList /> },
  { pattern: '/models/{}', show: (id) => <ModelPage key={id} id={id} /> },
  { pattern: '/advances', show: () => <AdvanceList /> },
  { pattern: '/audit', show: () => <AuditTrail /> },
  { pattern: '/audit/{}', show: (position) => <AuditEntryPage key={position} position={position} /> },
  { pattern: '/trials', show: () => <TrialList /> },
  { pattern: '/trials/{}', show: (trial) => <TrialPage key={trial} trial={trial} /> },
  { pattern: '/privacy', show: () => <PrivacyScreen /> },
  { pattern: '/privacy/{}', show: (request) => <RequestPage key={request} request={request} /> },
  { pattern: '/retention', show: () => <RetentionScreen /> },
  { pattern: '/breaches', show: () => <BreachList /> },
  { pattern: '/breaches/{}', show: (breach) => <BreachPage key={breach} breach={breach} /> },
  { pattern: '/impact-assessments', show: () => <AssessmentList /> },
  { pattern: '/impact-assessments/{}', show: (id) => <AssessmentPage key={id} assessment={id} /> },
  { pattern: '/audit-reviews', show: () => <ReviewList /> },
  { pattern: '/audit-reviews/{}', show: (review) => <ReviewPage key={review} review={review} /> },
  { pattern: '/data-queries', show: () => <QueryList /> },
  { pattern: '/data-queries/{}', show: (query) => <QueryPage key={query} query={query} /> },
  { pattern: '/emergencies', show: () => <EmergencyScreen /> },
  { pattern: '/identity-tickets', show: () => <TicketList /> },
  { pattern: '/consultations', show: () => <ConsultationList /> },
  { pattern: '/legal-register', show: () => <RegisterScreen /> },
  { pattern: '/legal-register/{}', show: (id) => <EntryPage key={id} id={id} /> },
  { pattern: '/consent-notices', show: () => <NoticesScreen /> },
  { pattern: '/consent-notices/{}', show: (notice) => <NoticePage key={notice} notice={notice} /> },
  { pattern: '/keys', show: () => <KeysScreen /> },
  { pattern: '/operations', show: () => <OperationsScreen /> },
  { pattern: '/sources', show: () => <SourceScreen /> },
  { pattern: '/roster', show: () => <RosterScreen /> },
  { pattern: '/roster/{}', show: (actor) => <PersonPage key={actor} actor={actor} /> },
  { pattern: '/log', show: () => <LogScreen /> },
]

export function screenAt(path: string): ReactNode {
  for (const { pattern, show } of SCREENS) {
    const part = matched(pattern, path)
    if (part !== null) return show(part)
  }
  return <Nowhere />
}

/** What stands at the braces; empty when the pattern has none; null when the path is another one. */
function matched(pattern: string, path: string): string | null {
  if (!pattern.endsWith('{}')) return pattern === path ? '' : null
  const prefix = pattern.slice(0, -2)
  const part = path.startsWith(prefix) ? path.slice(prefix.length) : ''
  return part !== '' && !part.includes('/') ? decoded(part) : null
}

/** The part as it was meant; null when it is no valid encoding, and so the address of nothing. */
function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part)
  } catch {
    return null
  }
}

function Nowhere() {
  return (
    <Page title="No such page">
      <p>
        There is nothing at this address. <Link to="/">Go to the overview</Link>
      </p>
    </Page>
  )
}
