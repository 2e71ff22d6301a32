import { useEffect, useState } from 'react'

const MINUTE_MS = 60_000

/** The present moment for clocks that run on a screen, in Unix milliseconds; anew each minute. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const tick = setInterval(() => setNow(Date.now()), MINUTE_MS)
    return () => clearInterval(tick)
  }, [])
  return now
}
