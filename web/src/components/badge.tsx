import type { ReactNode } from 'react'

export type Tone = 'neutral' | 'good' | 'caution' | 'bad'

/** The sign stands beside the words, so that nothing is said by colour alone. */
const SIGNS: Record<Tone, string> = { neutral: '•', good: '✓', caution: '!', bad: '✕' }

export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={`badge ${tone}`}>
      <span aria-hidden="true">{SIGNS[tone]}</span>
      {children}
    </span>
  )
}
