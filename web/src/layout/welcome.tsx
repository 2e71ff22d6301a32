import { useEffect } from 'react'
import { useAction } from '../api/use-action.js'
import { Problem } from '../components/problem.js'
import { startSignIn } from '../session/sign-in.js'

/** What somebody sees who is not signed in. */
export function Welcome({ failure }: { failure: string | undefined }) {
  const signIn = useAction(() => startSignIn())
  useEffect(() => {
    document.title = 'Sign in – Twin Ledger'
  }, [])
  return (
    <main className="welcome">
      <h1>Twin Ledger</h1>
      <p>
        Every change to a patient twin, every consent and every simulation run is one entry of a log that cannot be
        rewritten unnoticed. This console shows what was recorded, by whom, when and why, and lets you check the proof
        yourself.
      </p>
      {failure && (
        <p className="notice bad" role="alert">
          {failure}
        </p>
      )}
      {signIn.problem && <Problem problem={signIn.problem} />}
      <button type="button" className="button primary" onClick={() => signIn.run()} disabled={signIn.busy}>
        Sign in
      </button>
      <p className="small quiet">
        What you look at is recorded as well. The <a href="/log/checkpoint">checkpoint of the log</a> and the{' '}
        <a href="/api/docs">description of the API</a> are open to everyone.
      </p>
    </main>
  )
}
