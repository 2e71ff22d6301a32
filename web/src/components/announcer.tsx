/** Says that an act went through: forms that did their work go away or are read anew, which not everybody sees. */
import { useSyncExternalStore } from 'react'
import { usePlace } from '../routing/location.js'

interface Told {
  text: string
  /** Where it was said; it does not follow to other screens. */
  at: string
  /** Tells apart the same words said twice. */
  count: number
}

const listeners = new Set<() => void>()
let told: Told = { text: '', at: '', count: 0 }

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Shows a text until the next act or another screen, and has it read out; an empty one takes the last away. */
export function tell(text: string): void {
  told = { text, at: location.pathname, count: told.count + 1 }
  listeners.forEach((listener) => listener())
}

/** Where it is said; once in the console, outside of everything that comes and goes. */
export function Announcer() {
  usePlace()
  const { text, at, count } = useSyncExternalStore(subscribe, () => told)
  return (
    <div className="announcer" role="status">
      {text !== '' && at === location.pathname && <p key={count}>{text}</p>}
    </div>
  )
}
