import { useState, type ReactNode } from 'react'
import icon from '/icon.svg?url'
import { useAction } from '../api/use-action.js'
import { Link } from '../routing/link.js'
import { signOut, startSignIn } from '../session/sign-in.js'
import { useCaller } from '../session/use-session.js'
import { Navigation } from './navigation.js'

/** What surrounds every screen: who is signed in, where one can go. */
export function Shell({ children }: { children: ReactNode }) {
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
        <Account />
      </header>
      <Navigation open={menuOpen} onFollow={() => setMenuOpen(false)} />
      <main id="content" className="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}

function Account() {
  const { account, role, org } = useCaller()
  const switching = useAction(() => startSignIn({ anew: true }))
  const leaving = useAction(signOut)
  return (
    <div className="account">
      <span>
        <span className="quiet">Signed in as </span>
        <strong>{account}</strong>
        {account !== role && <span className="quiet"> ({role})</span>}
        {org && <span className="quiet"> · {org}</span>}
      </span>
      <span className="actions">
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
