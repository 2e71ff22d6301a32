import { Page } from '../../components/page.js'
import { useMay } from '../../session/use-session.js'
import { HealthPanel } from './health-panel.js'
import { LogFigures, TwinFigures } from './ledger-figures.js'
import { RolePanel } from './role-panel.js'
import { WaitingPanel } from './waiting-panel.js'

export function Overview() {
  const mayReadTwins = useMay('twin.read-coded')
  return (
    <Page title="Overview" lead="What is in the ledger now, what waits for you, and whether everything works.">
      <LogFigures />
      {mayReadTwins && <TwinFigures />}
      <div className="columns">
        <WaitingPanel />
        <HealthPanel />
      </div>
      <RolePanel />
    </Page>
  )
}
