import { useState, type ReactNode } from 'react'
import icon from '/icon.svg?url'
import { useAction } from '../api/use-action.js'
import { Announcer } from '../components/announcer.js'
import { Link } from '../routing/link.js'
import { signOut, startSignIn } from '../session/sign-in.js'
import { actAs, type Session } from '../session/store.js'
import { useCaller, useEndingSoon } from '../session/use-session.js'
import { Navigation } from './navigation.js'
import { PurposeOfUse } from './purpose-of-use.js'

interface Props {
  session: Session
  /** Why an authentication that has just been tried came to nothing. */
  failure: string | undefined
  children: ReactNode
}

/** What surrounds every screen: who is signed in, where one can go. */
export function Shell({ session, failure, children }: Props) {
  const [menuOpen, setMenuOpen] = useState(false)
  return (
    <div className="shell">
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <header className="masthead">
        <Link to="/" className="brand">
          <img src={icon} alt="" width="24" height="24" /> Twin Ledger
        </Link>
        <button
          type="button"
          className="button menu-button"
          aria-expanded={menuOpen}
          aria-controls="navigation"
          onClick={() => setMenuOpen(!menuOpen)}
        >
          Menu
        </button>
        <Account session={session} />
      </header>
      <Navigation open={menuOpen} onFollow={() => setMenuOpen(false)} />
      <main id="content" className="content" tabIndex={-1}>
        <Ending session={session} />
        {failure !== undefined && (
          <p className="notice bad" role="alert">
            {failure}
          </p>
        )}
        {children}
      </main>
      <Announcer />
    </div>
  )
}

/** Says that the session ends, while there is time to finish what one is at. */
function Ending({ session }: { session: Session }) {
  const soon = useEndingSoon(session)
  const again = useAction(() => startSignIn())
  if (!soon || session.expiresAt === undefined) return null
  return (
    <div className="notice caution" role="status">
      <p>
        Your sign-in ends at {new Date(session.expiresAt).toLocaleTimeString('en-GB')}. What you have not sent by then
        is lost.
      </p>
      <p>
        <button type="button" className="button" onClick={() => again.run()} disabled={again.busy}>
          Sign in again
        </button>
      </p>
    </div>
  )
}

function Account({ session: { person, actingRole, purpose } }: { session: Session }) {
  const { role, org, purposes } = useCaller()
  const switching = useAction(() => startSignIn({ anew: true }))
  const leaving = useAction(signOut)
  return (
    <div className="account">
      <span>
        <span className="quiet">Signed in as </span>
        <strong>{person.name}</strong>
        {person.name !== role && <span className="quiet"> ({role})</span>}
        {org && <span className="quiet"> · {org}</span>}
      </span>
      <PurposeOfUse purposes={purposes} chosen={purpose} />
      <span className="actions">
        {actingRole !== undefined && (
          <button type="button" className="button plain" onClick={() => actAs(undefined)}>
            Change role
          </button>
        )}
        <button type="button" className="button plain" onClick={() => switching.run()} disabled={switching.busy}>
          Switch account
        </button>
        <button type="button" className="button plain" onClick={() => leaving.run()} disabled={leaving.busy}>
          Sign out
        </button>
      </span>
    </div>
  )
}
