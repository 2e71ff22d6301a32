import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.js'
import { announce } from './routing/location.js'
import { completeSignIn } from './session/sign-in.js'
import './styles/tokens.css'
import './styles/base.css'
import './styles/layout.css'
import './styles/components.css'
import './styles/table.css'
import './styles/forms.css'
import './styles/body.css'

const failure = await completeSignIn().then(
  () => undefined,
  (error: unknown) => (error instanceof Error ? error.message : 'The sign-in failed.'),
)
announce()

createRoot(document.getElementById('console')!).render(
  <StrictMode>
    <App signInFailure={failure} />
  </StrictMode>,
)
