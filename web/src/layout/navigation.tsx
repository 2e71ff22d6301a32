import type { Action } from '../../../src/identity/actions.js'
import { permission } from '../../../src/identity/policy.js'
import { Link } from '../routing/link.js'
import { usePlace } from '../routing/location.js'
import { useCaller } from '../session/use-session.js'

/** Where one can go, and what a role must be able to do, one of it, for it to lead anywhere. */
const SECTIONS: readonly { path: string; title: string; needs?: readonly Action[] }[] = [
  { path: '/', title: 'Overview' },
  { path: '/twins', title: 'Twins', needs: ['twin.read-coded'] },
  { path: '/consents', title: 'Consents', needs: ['consent.read'] },
  { path: '/data-queries', title: 'Data queries', needs: ['data-query.read'] },
  { path: '/simulations', title: 'Simulation runs', needs: ['simulation.read'] },
  { path: '/models', title: 'Models', needs: ['model.read'] },
  { path: '/advances', title: 'Advances', needs: ['advance.read'] },
  { path: '/audit', title: 'Audit trail', needs: ['audit.read'] },
  { path: '/trials', title: 'Trials', needs: ['trial.read'] },
  { path: '/privacy', title: 'Rights of persons', needs: ['erasure.read'] },
  { path: '/retention', title: 'Retention and holds', needs: ['retention.read', 'hold.read', 'hold.request'] },
  { path: '/breaches', title: 'Breaches', needs: ['breach.read', 'breach.report'] },
  { path: '/impact-assessments', title: 'Impact assessments', needs: ['impact-assessment.read'] },
  { path: '/audit-reviews', title: 'Audit reviews', needs: ['audit-review.read'] },
  { path: '/roster', title: 'Roster', needs: ['roster.read'] },
  { path: '/emergencies', title: 'Emergency access', needs: ['emergency.read'] },
  { path: '/keys', title: 'Keys', needs: ['key.read'] },
  { path: '/log', title: 'Log and proofs' },
]

export function Navigation({ open, onFollow }: { open: boolean; onFollow: () => void }) {
  const { role } = useCaller()
  const may = (action: Action) => permission(role, action) !== 'deny'
  const { path } = usePlace()
  const offered = SECTIONS.filter(({ needs = [] }) => needs.length === 0 || needs.some(may))
  const isCurrent = (section: string) => path === section || (section !== '/' && path.startsWith(`${section}/`))
  return (
    <nav id="navigation" className="navigation" aria-label="Console" data-open={open}>
      <ul>
        {offered.map((section) => (
          <li key={section.path}>
            <Link
              to={section.path}
              onClickCapture={onFollow}
              aria-current={isCurrent(section.path) ? 'page' : undefined}
            >
              {section.title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
