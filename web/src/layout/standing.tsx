import type { ReactNode } from 'react'
import { readMe } from '../api/me.js'
import type { ApiProblem } from '../api/problem.js'
import { useAction } from '../api/use-action.js'
import { useResource } from '../api/use-resource.js'
import { Problem } from '../components/problem.js'
import { words } from '../components/values.js'
import { signOut, startSignIn } from '../session/sign-in.js'
import { actAs, type Session } from '../session/store.js'
import { SignedIn } from '../session/use-session.js'

/** Asks the ledger what the person holds before anything is shown; the issuer only said who they are. */
export function Standing({ session, children }: { session: Session; children: ReactNode }) {
  const { resource, reload } = useResource(`me ${session.person.sub} ${session.actingRole} ${session.purpose}`, readMe)
  if (resource.state === 'ready') return <SignedIn value={resource.data}>{children}</SignedIn>
  if (resource.state === 'loading')
    return (
      <main className="welcome">
        <p className="loading" role="status">
          Reading what is open to you …
        </p>
      </main>
    )
  const { problem } = resource
  if (problem.code === 'role-not-chosen') return <RoleChoice name={session.person.name} roles={rolesIn(problem)} />
  if (problem.status === 401 || problem.status === 403)
    return <NoStanding session={session} problem={problem} retry={reload} />
  return <NotAsked problem={problem} retry={reload} />
}

const rolesIn = ({ extensions: { roles } }: ApiProblem): string[] => (Array.isArray(roles) ? roles.map(String) : [])

function RoleChoice({ name, roles }: { name: string; roles: string[] }) {
  return (
    <main className="welcome">
      <h1>In which role?</h1>
      <p>{name}, you hold several roles. What you do is recorded under the one you act in; you can change it later.</p>
      <div className="actions">
        {roles.map((role) => (
          <button key={role} type="button" className="button" onClick={() => actAs(role)}>
            Act as {words(role)}
          </button>
        ))}
      </div>
      <Leaving />
    </main>
  )
}

function NoStanding({ session, problem, retry }: { session: Session; problem: ApiProblem; retry: () => void }) {
  const { name, sub } = session.person
  return (
    <main className="welcome">
      <h1>Nothing is open to you</h1>
      <p>
        You are signed in as <strong>{name}</strong>, and the service does not let you in. An administrator registers
        people by what the sign-in service calls them: <code>{sub}</code>
      </p>
      <Problem problem={problem} retry={retry} />
      <Leaving />
    </main>
  )
}

/** The service did not answer: that says nothing of what the person holds. */
function NotAsked({ problem, retry }: { problem: ApiProblem; retry: () => void }) {
  return (
    <main className="welcome">
      <h1>What is open to you cannot be read</h1>
      <Problem problem={problem} retry={retry} />
      <Leaving />
    </main>
  )
}

function Leaving() {
  const switching = useAction(() => startSignIn({ anew: true }))
  const leaving = useAction(signOut)
  return (
    <div className="actions">
      <button type="button" className="button plain" onClick={() => switching.run()} disabled={switching.busy}>
        Switch account
      </button>
      <button type="button" className="button plain" onClick={() => leaving.run()} disabled={leaving.busy}>
        Sign out
      </button>
    </div>
  )
}
