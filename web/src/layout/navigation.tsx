import type { Action } from '../../../src/identity/actions.js'
import { permission } from '../../../src/identity/policy.js'
import { Link } from '../routing/link.js'
import { usePlace } from '../routing/location.js'
import { useCaller } from '../session/use-session.js'

/** Where one can go, and what a role must be able to do for it to lead anywhere. */
const SECTIONS: readonly { path: string; title: string; needs?: Action }[] = [
  { path: '/', title: 'Overview' },
  { path: '/twins', title: 'Twins', needs: 'twin.read-coded' },
  { path: '/consents', title: 'Consents', needs: 'consent.read' },
  { path: '/simulations', title: 'Simulation runs', needs: 'simulation.read' },
  { path: '/models', title: 'Models', needs: 'model.read' },
  { path: '/advances', title: 'Advances', needs: 'advance.read' },
  { path: '/audit', title: 'Audit trail', needs: 'audit.read' },
  { path: '/trials', title: 'Trials', needs: 'trial.read' },
  { path: '/privacy', title: 'Rights of persons', needs: 'erasure.read' },
  { path: '/log', title: 'Log and proofs' },
]

export function Navigation({ open, onFollow }: { open: boolean; onFollow: () => void }) {
  const { role } = useCaller()
  const { path } = usePlace()
  const offered = SECTIONS.filter(({ needs }) => needs === undefined || permission(role, needs) !== 'deny')
  const isCurrent = (section: string) => (section === '/' ? path === '/' : path.startsWith(section))
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
