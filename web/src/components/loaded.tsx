import type { ReactNode } from 'react'
import type { Resource } from '../api/use-resource.js'
import { Problem } from './problem.js'

interface Props<T> {
  resource: Resource<T>
  retry: () => void
  /** What is being read, as in "the twins". */
  what: string
  children: (data: T) => ReactNode
}

/** What was read, or truthfully that it is being read or could not be. */
export function Loaded<T>({ resource, retry, what, children }: Props<T>) {
  if (resource.state === 'failed') return <Problem problem={resource.problem} retry={retry} />
  if (resource.state === 'loading') {
    return (
      <p className="loading" role="status">
        Reading {what} …
      </p>
    )
  }
  return children(resource.data)
}

/** Says that there is nothing, and why that may be. */
export function Empty({ children }: { children: ReactNode }) {
  return <p className="empty">{children}</p>
}
