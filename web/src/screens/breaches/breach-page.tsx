import { COMMUNICATION_EXCEPTIONS } from '../../../../src/breaches/codes.js'
import { readBreach, type Breach } from '../../api/breaches.js'
import { useResource } from '../../api/use-resource.js'
import { Badge } from '../../components/badge.js'
import { Details } from '../../components/details.js'
import { Loaded } from '../../components/loaded.js'
import { Notice } from '../../components/notice.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { useNow } from '../../components/use-now.js'
import { Count, Time, words } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { useMay } from '../../session/use-session.js'
import { RecordSignatures } from '../signatures/record-signatures.js'
import { BreachSteps } from './breach-steps.js'
import { BreachClock, DETECTION_WORDS, FACT_WORDS, RISK_WORDS, STEP_WORDS } from './breach-words.js'
import { FactsForm } from './facts-form.js'

/** One breach: its clock, what Art 33 asks for, what is still missing, and the next step. */
export function BreachPage({ breach }: { breach: string }) {
  const { resource, reload } = useResource(`breach ${breach}`, (signal) => readBreach(breach, signal))
  return (
    <Page
      title={`Breach ${breach.slice(0, 8)}`}
      lead={
        <>
          <code>{breach}</code> · <Link to="/breaches">the register</Link> ·{' '}
          <Link to={`/audit?stream=breach-${breach}`}>its history</Link>
        </>
      }
    >
      <Loaded resource={resource} retry={reload} what="the breach">
        {(known) => <Shown known={known} changed={reload} />}
      </Loaded>
    </Page>
  )
}

function Shown({ known, changed }: { known: Breach; changed: () => void }) {
  const manages = useMay('breach.manage') && !known.closed
  return (
    <>
      <Missing known={known} />
      <div className="columns">
        <Clock known={known} />
        <Handling known={known} />
      </div>
      <Facts known={known} />
      {manages && <FactsForm known={known} done={changed} />}
      {manages && <BreachSteps known={known} done={changed} />}
      <RecordSignatures stream={`breach-${known.breach}`} revision={known.revision} />
    </>
  )
}

function Missing({ known: { closed, missingSteps, missingFacts } }: { known: Breach }) {
  if (closed || missingSteps.length === 0) return null
  return (
    <Notice tone="caution">
      <p>
        <strong>Still to be done</strong>
      </p>
      <ul>
        {missingSteps.map((step) => (
          <li key={step}>{STEP_WORDS[step] ?? words(step)}</li>
        ))}
      </ul>
      {missingFacts.length > 0 && (
        <p className="small">Not yet known: {missingFacts.map((fact) => FACT_WORDS[fact] ?? fact).join(', ')}.</p>
      )}
    </Notice>
  )
}

function Clock({ known: { recorded, notifications, waived, overdue } }: { known: Breach }) {
  const now = useNow()
  const settled = notifications.length > 0 || waived
  const hoursLeft = settled ? null : (Date.parse(recorded.dueAt) - now) / 3_600_000
  const late = overdue || (hoursLeft !== null && hoursLeft < 0)
  return (
    <Panel title="The 72 hours" aside={<BreachClock overdue={late} hoursLeft={hoursLeft} />}>
      <Details
        items={[
          ['Detected', <Time at={recorded.detectedAt} />],
          ['How', DETECTION_WORDS[recorded.detection]],
          ['Known since', <Time at={recorded.awareAt} />],
          ['Authority by', <Time at={recorded.dueAt} />],
        ]}
      />
    </Panel>
  )
}

function Handling({ known: { notifications, waived, informed, exception, closed } }: { known: Breach }) {
  const told = [informed.direct && 'directly', informed.public && 'publicly'].filter(Boolean).join(' and ')
  const state = <Badge tone={closed ? 'good' : 'caution'}>{closed ? 'closed' : 'open'}</Badge>
  return (
    <Panel title="Who was told" aside={state}>
      <Details
        items={[
          ...notifications.map(
            ({ authority, late, missing }, index) =>
              [
                index === 0 ? 'Authority (Art 33)' : `Authority again (${index + 1})`,
                `${authority}${late ? ', late' : ''}${missing.length > 0 ? `, ${missing.length} fact(s) to follow` : ''}`,
              ] as const,
          ),
          ['Authority', waived && 'need not be notified: a risk is unlikely'],
          ['Persons (Art 34)', told && `informed ${told}`],
          ['Why not', exception && COMMUNICATION_EXCEPTIONS[exception]],
        ]}
      />
      {notifications.length === 0 && !waived && <p className="quiet">The authority was not notified yet.</p>}
    </Panel>
  )
}

function Facts({ known: { facts, texts } }: { known: Breach }) {
  const listed = (codes: string[] | undefined) => codes?.map(words).join(', ')
  return (
    <Panel title="What is known (Art 33(3))">
      <Details
        items={[
          ['Nature', listed(facts.natures)],
          ['Persons', listed(facts.subjectCategories)],
          ['Records', listed(facts.recordCategories)],
          ['How many persons', facts.subjects !== undefined && <Count of={facts.subjects} />],
          ['How many records', facts.records !== undefined && <Count of={facts.records} />],
          ['Risk', facts.risk && RISK_WORDS[facts.risk]],
          ['What happened', texts?.description],
          ['Contact point', texts?.contact],
          ['Likely consequences', texts?.consequences],
          ['Measures', texts?.measures],
        ]}
      />
      {texts === null && <p className="quiet">What was written is not open to your role.</p>}
      {Object.keys(facts).length === 0 && <p className="quiet">No fact has been stated yet.</p>}
    </Panel>
  )
}
