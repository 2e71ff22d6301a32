import { readRun, readSpecification, type ModelSpecification, type Run } from '../../api/simulations.js'
import { useResource } from '../../api/use-resource.js'
import { Badge } from '../../components/badge.js'
import { Details } from '../../components/details.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { Time, TwinLink } from '../../components/values.js'
import { Notice } from '../../components/notice.js'
import { Link } from '../../routing/link.js'
import { ProposeDecision } from '../decisions/propose-decision.js'
import { SignPanel } from '../signatures/sign-panel.js'
import { RefusalNotice } from './refusal-notice.js'
import { ReplayPanel } from './replay-panel.js'
import { RunInputs } from './run-inputs.js'
import { RunOutputs } from './run-outputs.js'
import { RunSteps } from './run-steps.js'
import { purposeText } from '../consents/consent-words.js'
import { STATUS_TONES, inputNames } from './run-words.js'

/** One run as evidence: what was computed, from what, by which code, for whom, and whether it can be repeated. */
export function RunPage({ run }: { run: string }) {
  const { resource, reload } = useResource(`run ${run}`, (signal) => readEvidence(run, signal))
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
        {(evidence) => <Evidence {...evidence} changed={reload} />}
      </Loaded>
    </Page>
  )
}

interface RunEvidence {
  run: Run
  /** Without inputs and outputs when nobody knows any more which model it was. */
  model: ModelSpecification
}

async function readEvidence(id: string, signal: AbortSignal): Promise<RunEvidence> {
  const run = await readRun(id, signal)
  return { run, model: run.request ? await readSpecification(run.request.model, signal) : { inputs: [], outputs: [] } }
}

function Evidence({ run, model, changed }: RunEvidence & { changed: () => void }) {
  const { request, result, status, steps, optedOutSince } = run
  const names = inputNames(model)
  return (
    <>
      <RefusalNotice steps={steps} names={names} />
      {optedOutSince && (
        <Notice>
          <p>
            The person has opted out from secondary use since <Time at={optedOutSince} />. This run was made before, and
            stays valid; nothing more of the kind is computed.
          </p>
        </Notice>
      )}
      {result && <RunOutputs outputs={result.outputs} specifications={model.outputs} />}
      {status === 'completed' && !result && <Empty>The values of this run were erased, or are sealed for you.</Empty>}
      <div className="columns">
        <WhatWasAsked run={run} />
        {request && <Computation run={run} request={request} />}
      </div>
      {result && <RunInputs result={result} names={names} />}
      {status === 'completed' && <ReplayPanel run={run.run} replayed={changed} />}
      {status === 'completed' && <ProposeDecision run={run.run} />}
      {status !== 'requested' && (
        <SignPanel stream={`run-${run.run}`} revision={endOf(run)} signatures={run.signatures} signed={changed} />
      )}
      <RunSteps steps={steps} />
    </>
  )
}

/** Revision of the event that ended the run; comparisons behind it change nothing. */
function endOf({ steps }: Run): number {
  return steps.findLastIndex(({ type }) => type !== 'simulation.replayed')
}

function WhatWasAsked({ run: { status, request, subject, trial } }: { run: Run }) {
  return (
    <Panel title="What was asked" aside={<Badge tone={STATUS_TONES[status]}>{status}</Badge>}>
      <Details
        items={[
          ['Model', request && `${request.model}, version ${request.version}`],
          ['Purpose', request && purposeText(request.purpose)],
          ['Twin', request && <TwinLink twin={request.twin} />],
          [
            'As it was',
            request?.twinRevision !== undefined && (
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
          ['Runtime', <code>{runtimeText(runtime)}</code>],
          ['Numeric self-test', <code>{runtime.selfTest.sha256}</code>],
        ]}
      />
    </Panel>
  )
}

const runtimeText = ({ node, v8, platform, arch }: NonNullable<Run['request']>['runtime']): string =>
  `Node.js ${node}, V8 ${v8}, ${platform} ${arch}`
