import { useEffect, useRef, type ReactNode } from 'react'
import { usePlace } from '../routing/location.js'

interface Props {
  title: string
  lead?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

/** Whether a screen was shown already: the first one leaves the focus at the start of the document. */
let hasArrived = false

/** A screen: names the document and moves the focus to its heading, so that a change of screen, or of the page of a list, is noticed by everyone. */
export function Page({ title, lead, actions, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  const cursor = usePlace().query.get('cursor')
  useEffect(() => {
    document.title = `${title} – Twin Ledger`
    if (hasArrived) heading.current?.focus()
    hasArrived = true
  }, [title, cursor])
  return (
    <div className="page">
      <div className="page-header">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead && <p className="quiet">{lead}</p>}
        </div>
        {actions && <div className="actions">{actions}</div>}
      </div>
      {children}
    </div>
  )
}
