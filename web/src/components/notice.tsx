import type { ReactNode } from 'react'
import type { Tone } from './badge.js'

/** Something the reader should know before going on. With `live`, it is read out when it appears. */
export function Notice({
  tone = 'neutral',
  live = false,
  children,
}: {
  tone?: Tone
  live?: boolean
  children: ReactNode
}) {
  return (
    <div className={`notice ${tone}`} role={live ? 'status' : undefined}>
      {children}
    </div>
  )
}
