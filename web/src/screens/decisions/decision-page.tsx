import type { DecisionState } from '../../../../src/privacy/decisions/decision-state.js'
import { readDecision, standingOf, type DecisionHistory } from '../../api/decisions.js'
import { useResource } from '../../api/use-resource.js'
import { Details } from '../../components/details.js'
import { History } from '../../components/history.js'
import { Loaded } from '../../components/loaded.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { ShortId } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { DecisionSteps } from './decision-steps.js'
import { DecisionBadge, MATTER_WORDS } from './decision-words.js'

/** One decision: on what it rests, what was said and done about it, and the next step. */
export function DecisionPage({ decision }: { decision: string }) {
  const { resource, reload } = useResource(`decision ${decision}`, (signal) => readDecision(decision, signal))
  return (
    <Page
      title={`Decision ${decision.slice(0, 8)}`}
      lead={
        <>
          <code>{decision}</code> · <Link to="/decisions">all decisions</Link>
        </>
      }
    >
      <Loaded resource={resource} retry={reload} what="the decision">
        {(found) => <Shown found={found} done={reload} />}
      </Loaded>
    </Page>
  )
}

function Shown({ found, done }: { found: DecisionHistory; done: () => void }) {
  const standing = standingOf(found)
  return (
    <>
      <Outline found={found} standing={standing} />
      <History title="What happened" prefix="decision." steps={found.history} />
      <DecisionSteps decision={found.decision} standing={standing} done={done} />
    </>
  )
}

function Outline({
  found: { subject },
  standing: { proposed, status },
}: {
  found: DecisionHistory
  standing: DecisionState
}) {
  if (proposed === null) return null
  const { run, matter, significant, trial } = proposed
  return (
    <Panel title="What is decided" aside={<DecisionBadge status={status} />}>
      <Details
        items={[
          ['About', MATTER_WORDS[matter]],
          ['Effects on the person', significant ? 'legal or similarly significant (Art 22(1))' : 'not significant'],
          ['Rests on', <Link to={`/simulations/${run}`}>run {run.slice(0, 8)}, with its inputs and outputs</Link>],
          ['Person', <ShortId id={subject} />],
          ['Trial', trial && <Link to={`/trials/${trial}`}>{trial}</Link>],
        ]}
      />
    </Panel>
  )
}
