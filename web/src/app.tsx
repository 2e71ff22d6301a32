import { FailingScreen } from './layout/failing-screen.js'
import { Shell } from './layout/shell.js'
import { Standing } from './layout/standing.js'
import { Welcome } from './layout/welcome.js'
import { usePlace } from './routing/location.js'
import { screenAt } from './screens/screens.js'
import { howItEnded } from './session/store.js'
import { useSession } from './session/use-session.js'

/** @param signInFailure why an authentication that has just been tried came to nothing */
export function App({ signInFailure }: { signInFailure: string | undefined }) {
  const session = useSession()
  const { path } = usePlace()
  if (session === null) return <Welcome failure={howItEnded() ?? signInFailure} />
  return (
    <Standing session={session}>
      <Shell session={session} failure={signInFailure}>
        <FailingScreen key={path}>{screenAt(path)}</FailingScreen>
      </Shell>
    </Standing>
  )
}
