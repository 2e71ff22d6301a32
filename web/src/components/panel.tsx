import { useId, type ReactNode } from 'react'

interface Props {
  title: string
  /** Beside the title: a count, a button. */
  aside?: ReactNode
  /** For tables, which bring their own spacing. */
  flush?: boolean
  children: ReactNode
}

export function Panel({ title, aside, flush = false, children }: Props) {
  const heading = useId()
  return (
    <section className="panel" aria-labelledby={heading}>
      <div className="panel-header">
        <h2 id={heading}>{title}</h2>
        {aside}
      </div>
      <div className={flush ? 'panel-body flush' : 'panel-body'}>{children}</div>
    </section>
  )
}
