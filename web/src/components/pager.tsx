/** Goes on through a list that is read page by page with cursors; going back is the browser's own button. */
import { Link } from '../routing/link.js'
import { usePlace, withQuery } from '../routing/location.js'

export function Pager({ next }: { next: string | undefined }) {
  const place = usePlace()
  const isFirst = !place.query.has('cursor')
  if (isFirst && next === undefined) return null
  return (
    <nav className="actions" aria-label="Pages">
      {!isFirst && (
        <Link className="button" to={withQuery(place, { cursor: undefined })}>
          First page
        </Link>
      )}
      {next !== undefined && (
        <Link className="button" to={withQuery(place, { cursor: next })}>
          Next page
        </Link>
      )}
    </nav>
  )
}
