import { Page } from '../../components/page.js'
import { LocalNavigation } from '../../components/local-navigation.js'
import { usePlace } from '../../routing/location.js'
import { useMay } from '../../session/use-session.js'
import { ConsentHistory } from './consent-history.js'
import { ConsentUses } from './consent-uses.js'
import { ConsentsOf } from './consents-of.js'
import { GiveConsent } from './give-consent.js'
import { OptOutPanel } from './opt-out-panel.js'

const VIEWS = [
  ['consents', 'Consents'],
  ['history', 'History'],
  ['uses', 'Uses'],
] as const

const VIEWS_TO_DECIDE = [...VIEWS, ['give', 'Give consent']] as const

export function SubjectPage({ subject, title }: { subject: string; title?: string }) {
  const mayDecide = useMay('consent.decide')
  const mayReadOptOut = useMay('opt-out.read')
  const views = mayDecide ? VIEWS_TO_DECIDE : VIEWS
  const wanted = usePlace().query.get('view')
  const view = views.find(([name]) => name === wanted)?.[0] ?? 'consents'
  return (
    <Page title={title ?? `Consents of ${subject.slice(0, 8)}`} lead={<code>{subject}</code>}>
      <LocalNavigation label="Parts of these consents" views={views} current={view} />
      {view === 'consents' && <ConsentsOf subject={subject} />}
      {view === 'consents' && mayReadOptOut && <OptOutPanel subject={subject} />}
      {view === 'history' && <ConsentHistory subject={subject} />}
      {view === 'uses' && <ConsentUses subject={subject} />}
      {view === 'give' && <GiveConsent subject={subject} />}
    </Page>
  )
}
