import { readTwin, type Detail, type Twin } from '../../api/twins.js'
import { useResource } from '../../api/use-resource.js'
import { Loaded } from '../../components/loaded.js'
import { LocalNavigation } from '../../components/local-navigation.js'
import { Page } from '../../components/page.js'
import { Link } from '../../routing/link.js'
import { usePlace } from '../../routing/location.js'
import { useMay } from '../../session/use-session.js'
import { BodyView } from '../body/body-view.js'
import { ConsentsOf } from '../consents/consents-of.js'
import { Meshes } from '../meshes/meshes.js'
import { RaiseQuery } from '../data-queries/raise-query.js'
import { Models } from '../simulations/models.js'
import { Comparison } from './comparison.js'
import { Corrections } from './corrections.js'
import { Facts } from './facts.js'
import { Findings } from './findings.js'
import { PointChoice } from './point-choice.js'
import { TwinSummary } from './twin-summary.js'

const VIEWS = [
  ['facts', 'Facts'],
  ['findings', 'Data quality'],
  ['corrections', 'Corrections'],
  ['compare', 'Compare two points'],
  ['models', 'Models'],
  ['body', 'Body'],
  ['meshes', 'Organ meshes'],
  ['consents', 'Consents'],
] as const
/** Raising a query is reached from a fact. */
type View = (typeof VIEWS)[number][0] | 'ask'

export function TwinPage({ twin }: { twin: string }) {
  const { query } = usePlace()
  const detail: Detail = query.get('detail') === 'full' ? 'full' : 'coded'
  const point = { revision: query.get('revision') ?? undefined, asOf: query.get('asOf') ?? undefined }
  const key = `twin ${twin} ${detail} ${point.revision ?? ''} ${point.asOf ?? ''}`
  const { resource, reload } = useResource(key, (signal) => readTwin(twin, detail, point, signal))
  const breaksGlass = useMay('emergency.open')
  const elsewhere = breaksGlass && resource.state === 'failed' && resource.problem.code === 'other-site'
  const unticketed = resource.state === 'failed' && resource.problem.code === 'ticket-missing'
  const asked = query.get('view')
  const view: View = asked === 'ask' ? 'ask' : (VIEWS.find(([name]) => name === asked)?.[0] ?? 'facts')
  return (
    <Page
      title={`Twin ${twin.slice(0, 8)}`}
      lead={
        <>
          <code>{twin}</code> · <Link to="/twins">all twins</Link>
        </>
      }
    >
      <Loaded resource={resource} retry={reload} what="the twin">
        {(state) => (
          <>
            <TwinSummary twin={state} />
            <PointChoice twin={state} />
            <LocalNavigation label="Parts of this twin" views={VIEWS} current={view === 'ask' ? 'facts' : view} />
            <Part view={view} twin={state} />
          </>
        )}
      </Loaded>
      {unticketed && (
        <p>
          Who it is takes <Link to={`/identity-tickets?twin=${encodeURIComponent(twin)}`}>a ticket</Link>: for this
          twin, with a reason, approved by somebody else. The coded twin is open without one:{' '}
          <Link to={`/twins/${encodeURIComponent(twin)}`}>show it coded</Link>.
        </p>
      )}
      {elsewhere && (
        <p>
          In an emergency you may <Link to={`/emergencies?twin=${encodeURIComponent(twin)}`}>open the record</Link>:
          with a reason, for four hours, and reviewed afterwards.
        </p>
      )}
    </Page>
  )
}

function Part({ view, twin }: { view: View; twin: Twin }) {
  switch (view) {
    case 'facts':
      return <Facts twin={twin} />
    case 'ask':
      return <RaiseQuery twin={twin} />
    case 'findings':
      return <Findings twin={twin} />
    case 'corrections':
      return <Corrections facts={twin.facts} />
    case 'compare':
      return <Comparison twin={twin} />
    case 'models':
      return <Models twin={twin.twin} />
    case 'body':
      return <BodyView twin={twin.twin} />
    case 'meshes':
      return <Meshes twin={twin.twin} />
    case 'consents':
      return <ConsentsOf subject={twin.subject} />
  }
}
