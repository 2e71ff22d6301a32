import { LocalNavigation } from '../../components/local-navigation.js'
import { Page } from '../../components/page.js'
import { usePlace } from '../../routing/location.js'
import { useMay } from '../../session/use-session.js'
import { AskedHolds } from './asked-holds.js'
import { Cases } from './cases.js'
import { Holds } from './holds.js'
import { Schedule } from './schedule.js'

/** How long records are kept, what is due, and what a legal hold keeps all the same. */
export function RetentionScreen() {
  const reads = useMay('retention.read')
  const readsHolds = useMay('hold.read')
  const asks = useMay('hold.request')
  const views = [
    ...(reads
      ? ([
          ['schedule', 'Periods', <Schedule />],
          ['cases', 'What is due', <Cases />],
        ] as const)
      : []),
    ...(readsHolds ? ([['holds', 'Legal holds', <Holds />]] as const) : []),
    ...(asks ? ([['asked', 'Holds you asked for', <AskedHolds />]] as const) : []),
  ]
  const asked = usePlace().query.get('view')
  const [current, , shown] = views.find(([view]) => view === asked) ?? views[0]!
  return (
    <Page
      title="Retention and holds"
      lead="Records are kept as long as the law asks. What is due waits for a decision of persons; a legal hold keeps it all the same."
    >
      <LocalNavigation
        label="Retention"
        views={views.map(([view, title]) => [view, title] as const)}
        current={current}
      />
      {shown}
    </Page>
  )
}
