import type { Action } from '../../../src/identity/actions.js'
import { permission } from '../../../src/identity/policy.js'
import { Link } from '../routing/link.js'
import { usePlace } from '../routing/location.js'
import { useCaller } from '../session/use-session.js'

interface Section {
  path: string
  title: string
  /** What a role must be able to do, one of it, for the section to lead anywhere. */
  needs?: readonly Action[]
}

const OVERVIEW: Section = { path: '/', title: 'Overview' }

/** Where else one can go, by what it is about. */
const GROUPS: readonly { about: string; title: string; sections: readonly Section[] }[] = [
  {
    about: 'twins',
    title: 'Twins',
    sections: [
      { path: '/twins', title: 'Twins', needs: ['twin.read-coded'] },
      { path: '/consents', title: 'Consents', needs: ['consent.read'] },
      { path: '/data-queries', title: 'Data queries', needs: ['data-query.read'] },
      { path: '/identity-tickets', title: 'Identity tickets', needs: ['identity-ticket.read'] },
      { path: '/sources', title: 'Data sources', needs: ['source.read'] },
      { path: '/emergencies', title: 'Emergency access', needs: ['emergency.read'] },
    ],
  },
  {
    about: 'models',
    title: 'Models and trials',
    sections: [
      { path: '/simulations', title: 'Simulation runs', needs: ['simulation.read'] },
      { path: '/cohorts', title: 'Cohorts', needs: ['cohort.read'] },
      { path: '/models', title: 'Models', needs: ['model.read'] },
      { path: '/advances', title: 'Advances', needs: ['advance.read'] },
      { path: '/trials', title: 'Trials', needs: ['trial.read'] },
    ],
  },
  {
    about: 'rights',
    title: 'Rights and duties',
    sections: [
      { path: '/privacy', title: 'Rights of persons', needs: ['erasure.read', 'privacy.request'] },
      { path: '/decisions', title: 'Decisions', needs: ['decision.read'] },
      { path: '/consultations', title: 'Before an erasure', needs: ['erasure.consult'] },
      { path: '/retention', title: 'Retention and holds', needs: ['retention.read', 'hold.read', 'hold.request'] },
      { path: '/breaches', title: 'Breaches', needs: ['breach.read', 'breach.report'] },
      { path: '/impact-assessments', title: 'Impact assessments', needs: ['impact-assessment.read'] },
      { path: '/consent-notices', title: 'Notices of consent', needs: ['consent-notice.read'] },
      { path: '/legal-register', title: 'Legal register', needs: ['legal-register.read'] },
    ],
  },
  {
    about: 'oversight',
    title: 'Oversight',
    sections: [
      { path: '/audit', title: 'Audit trail', needs: ['audit.read'] },
      { path: '/audit-reviews', title: 'Audit reviews', needs: ['audit-review.read'] },
      { path: '/roster', title: 'Roster', needs: ['roster.read'] },
      { path: '/keys', title: 'Keys', needs: ['key.read'] },
      { path: '/operations', title: 'Operations', needs: ['operations.read'] },
      { path: '/log', title: 'Log and proofs' },
    ],
  },
]

export function Navigation({ open, onFollow }: { open: boolean; onFollow: () => void }) {
  const { role } = useCaller()
  const may = (action: Action) => permission(role, action) !== 'deny'
  const { path } = usePlace()
  const isCurrent = (section: string) => path === section || (section !== '/' && path.startsWith(`${section}/`))
  const offered = GROUPS.map(({ about, title, sections }) => ({
    about,
    title,
    sections: sections.filter(({ needs = [] }) => needs.length === 0 || needs.some(may)),
  })).filter(({ sections }) => sections.length > 0)
  const entry = ({ path: to, title }: Section) => (
    <li key={to}>
      <Link to={to} onClickCapture={onFollow} aria-current={isCurrent(to) ? 'page' : undefined}>
        {title}
      </Link>
    </li>
  )
  return (
    <nav id="navigation" className="navigation" aria-label="Console" data-open={open}>
      <ul>{entry(OVERVIEW)}</ul>
      {offered.map(({ about, title, sections }) => (
        <div key={about} className="navigation-group">
          <p id={`to-${about}`}>{title}</p>
          <ul aria-labelledby={`to-${about}`}>{sections.map(entry)}</ul>
        </div>
      ))}
    </nav>
  )
}
