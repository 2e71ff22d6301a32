import { useEffect, useRef, type ReactNode } from 'react'

interface Props {
  title: string
  lead?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

/** A screen: names the document and moves the focus to its heading, so that a change of screen is noticed by everyone. */
export function Page({ title, lead, actions, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} – Twin Ledger`
    heading.current?.focus()
  }, [title])
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
