import { Link } from '../routing/link.js'
import { usePlace, withQuery } from '../routing/location.js'

interface Props<View extends string> {
  label: string
  views: readonly (readonly [view: View, title: string])[]
  current: View
}

/** The parts of one screen, as links that keep the rest of the address. The first is the one without a name in it. */
export function LocalNavigation<View extends string>({ label, views, current }: Props<View>) {
  const place = usePlace()
  return (
    <nav className="local-navigation" aria-label={label}>
      <ul>
        {views.map(([view, title], index) => (
          <li key={view}>
            <Link
              to={withQuery(place, { view: index === 0 ? undefined : view, cursor: undefined })}
              aria-current={view === current ? 'page' : undefined}
            >
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
