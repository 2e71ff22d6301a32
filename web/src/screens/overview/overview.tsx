import { Page } from '../../components/page.js'
import { useMay } from '../../session/use-session.js'
import { HealthPanel } from './health-panel.js'
import { LogFigures, TwinFigures } from './ledger-figures.js'
import { RolePanel } from './role-panel.js'

export function Overview() {
  const mayReadTwins = useMay('twin.read-coded')
  return (
    <Page title="Overview" lead="What is in the ledger now, whether everything works, and what is open to you.">
      <LogFigures />
      {mayReadTwins && <TwinFigures />}
      <div className="columns">
        <RolePanel />
        <HealthPanel />
      </div>
    </Page>
  )
}
