import { Shell } from './layout/shell.js'
import { Welcome } from './layout/welcome.js'
import { usePlace } from './routing/location.js'
import { screenAt } from './screens/screens.js'
import { SignedIn, useSession } from './session/use-session.js'

/** @param signInFailure why a sign-in that has just been tried left nobody signed in */
export function App({ signInFailure }: { signInFailure: string | undefined }) {
  const session = useSession()
  const { path } = usePlace()
  if (session === null) return <Welcome failure={signInFailure} />
  return (
    <SignedIn value={session.claims}>
      <Shell>{screenAt(path)}</Shell>
    </SignedIn>
  )
}
