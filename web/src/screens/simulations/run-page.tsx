import { PURPOSES, type Purpose } from '../../../../src/consents/codes.js'
import { readRun, type Run } from '../../api/simulations.js'
import { useResource } from '../../api/use-resource.js'
import { Badge } from '../../components/badge.js'
import { Details } from '../../components/details.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { TwinLink } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { RefusalNotice } from './refusal-notice.js'
import { ReplayPanel } from './replay-panel.js'
import { RunInputs } from './run-inputs.js'
import { RunOutputs } from './run-outputs.js'
import { RunSteps } from './run-steps.js'
import { STATUS_TONES } from './run-words.js'

/** One run as evidence: what was computed, from what, by which code, for whom, and whether it can be repeated. */
export function RunPage({ run }: { run: string }) {
  const { resource, reload } = useResource(`run ${run}`, (signal) => readRun(run, signal))
  return (
    <Page
      title={`Run ${run.slice(0, 8)}`}
      lead={
        <>
          <code>{run}</code> · <Link to="/simulations">all runs</Link>
        </>
      }
    >
      <Loaded resource={resource} retry={reload} what="the run">
        {(data) => <Evidence run={data} changed={reload} />}
      </Loaded>
    </Page>
  )
}

function Evidence({ run, changed }: { run: Run; changed: () => void }) {
  const { request, result, status, steps } = run
  return (
    <>
      <RefusalNotice steps={steps} />
      <div className="columns">
        <WhatWasAsked run={run} />
        {result && request && <RunOutputs model={request.model} outputs={result.outputs} />}
      </div>
      {status === 'completed' && !result && <Empty>The values of this run were erased, or are sealed for you.</Empty>}
      {result && <RunInputs result={result} />}
      {status === 'completed' && <ReplayPanel run={run.run} replayed={changed} />}
      {request && <Computation run={run} request={request} />}
      <RunSteps steps={steps} />
    </>
  )
}

function WhatWasAsked({ run: { status, request, subject, trial } }: { run: Run }) {
  return (
    <Panel title="What was asked" aside={<Badge tone={STATUS_TONES[status]}>{status}</Badge>}>
      <Details
        items={[
          ['Model', request && `${request.model}, version ${request.version}`],
          ['Purpose', request && (PURPOSES[request.purpose as Purpose] ?? request.purpose)],
          ['Twin', request && <TwinLink twin={request.twin} />],
          [
            'As it was',
            request && (
              <Link to={`/twins/${request.twin}?revision=${request.twinRevision}`}>
                at revision {request.twinRevision}
              </Link>
            ),
          ],
          ['Looked at on', request?.parameters.day],
          ['Trial', trial && <Link to={`/trials/${trial}`}>{trial}</Link>],
          ['Consent', <Link to={`/consents/${subject}?view=uses`}>the person's consents and uses</Link>],
        ]}
      />
    </Panel>
  )
}

function Computation({ run: { result }, request }: { run: Run; request: NonNullable<Run['request']> }) {
  const { codeDigest, coefficientDigest, mapping, seed, runtime } = request
  return (
    <Panel title="How it was computed">
      <Details
        items={[
          ['Code digest', <code>{codeDigest}</code>],
          ['Coefficients', <code>{coefficientDigest}</code>],
          ['Outputs digest', result && <code>{result.outputDigest}</code>],
          ['Input rules', mapping],
          ['Seed', seed ?? 'none; nothing is drawn'],
          ...Object.entries(runtime).map(([name, value]) => [name, <code>{String(value)}</code>] as const),
        ]}
      />
    </Panel>
  )
}
