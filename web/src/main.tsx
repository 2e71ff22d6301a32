import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.js'
import { announce } from './routing/location.js'
import { confirmPending } from './screens/signatures/pending.js'
import { completeSignIn } from './session/sign-in.js'
import './styles/tokens.css'
import './styles/base.css'
import './styles/layout.css'
import './styles/components.css'
import './styles/table.css'
import './styles/forms.css'
import './styles/body.css'

const failure = await arrive()
announce()

createRoot(document.getElementById('console')!).render(
  <StrictMode>
    <App signInFailure={failure} />
  </StrictMode>,
)

/** Takes up whatever the sign-in service has just answered. @returns why that came to nothing */
async function arrive(): Promise<string | undefined> {
  try {
    confirmPending(await completeSignIn())
    return undefined
  } catch (error) {
    confirmPending(false)
    return error instanceof Error ? error.message : 'The sign-in failed.'
  }
}
