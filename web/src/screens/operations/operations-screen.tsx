import { LocalNavigation } from '../../components/local-navigation.js'
import { Page } from '../../components/page.js'
import { Link } from '../../routing/link.js'
import { usePlace } from '../../routing/location.js'
import { Clock } from './clock.js'
import { ConfigurationOnRecord } from './configuration.js'

const VIEWS = [
  ['configuration', 'Configuration'],
  ['clock', 'Clock'],
] as const

/** How the service is and was operated, for those who inspect it. */
export function OperationsScreen() {
  const view = usePlace().query.get('view') === 'clock' ? 'clock' : 'configuration'
  return (
    <Page
      title="Operations"
      lead={
        <>
          Under which settings and software the service works, and whether its clock is right: now and at any time
          before. <Link to="/audit?type=configuration.*">Every change of the configuration</Link>
        </>
      }
    >
      <LocalNavigation label="Operations" views={VIEWS} current={view} />
      {view === 'clock' ? <Clock /> : <ConfigurationOnRecord />}
    </Page>
  )
}
