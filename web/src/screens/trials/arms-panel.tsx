import { readRandomisation, type Randomisation } from '../../api/trials.js'
import { useResource } from '../../api/use-resource.js'
import { Badge } from '../../components/badge.js'
import { Details } from '../../components/details.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Panel } from '../../components/panel.js'
import { Time } from '../../components/values.js'

/** The design of the arms and how many are randomised. Who is in which arm is on no screen. */
export function ArmsPanel({ trial }: { trial: string }) {
  const { resource, reload } = useResource(`arms ${trial}`, (signal) => readRandomisation(trial, signal))
  return (
    <Panel title="Arms">
      <Loaded resource={resource} retry={reload} what="the arms">
        {(data) => (data.design ? <Arms {...data} design={data.design} /> : <Empty>The trial has no arms.</Empty>)}
      </Loaded>
    </Panel>
  )
}

type Designed = Randomisation & { design: NonNullable<Randomisation['design']> }

function Arms({ design, randomised, strata, emergencies, plans, ...state }: Designed) {
  const { lockedBelow, unblinded, unblindingRequests: requests } = state
  const free = strata.reduce((sum, { places, taken }) => sum + places - taken, 0)
  return (
    <Details
      items={[
        ['Arms', design.arms.map(({ name, share }) => `${name} (${share})`).join(', ')],
        ['Hidden from', design.blinded.length > 0 ? design.blinded.join(', ') : 'nobody: open-label'],
        ['Drawn', design.stratifiedBy === 'site' ? 'by permuted blocks, site by site' : 'by permuted blocks'],
        ['Randomised', String(randomised)],
        ['Places left', String(free)],
        ['Opened in an emergency', String(emergencies)],
        ['Analysis plans', plans.length > 0 && plans.map((plan) => <PlanLine key={plan.plan} {...plan} />)],
        ['Data', lockedBelow === null ? 'growing' : `locked: entries before position ${lockedBelow}`],
        [
          'Unblinding asked for',
          requests.length > 0 && requests.map((one) => <RequestLine key={one.request} {...one} />),
        ],
        ['Unblinded', unblinded ? <Unblinded {...unblinded} /> : <Badge tone="neutral">no</Badge>],
      ]}
    />
  )
}

function PlanLine({ version, frozen, training }: Randomisation['plans'][number]) {
  const fitted = training && training.overlap > 0 && (
    <Badge tone="bad">{`score fitted on ${training.overlap} of ${training.participants} participants`}</Badge>
  )
  if (!frozen)
    return (
      <div>
        version {version}, <Badge tone="caution">not frozen</Badge> {fitted}
      </div>
    )
  return (
    <div>
      version {version}, frozen <Time at={frozen.at} />{' '}
      {frozen.afterUnblinding && <Badge tone="caution">after unblinding</Badge>} {fitted}
    </div>
  )
}

/** The stream is what somebody else signs for approval. */
function RequestLine({ requestedAt, openTo, reason, stream }: Randomisation['unblindingRequests'][number]) {
  return (
    <div>
      <Time at={requestedAt} /> for {openTo.join(', ')}, {reason}: <code>{stream}</code>
    </div>
  )
}

function Unblinded({ at, openTo }: NonNullable<Randomisation['unblinded']>) {
  return (
    <>
      <Time at={at} /> for {openTo.join(', ')}
    </>
  )
}
