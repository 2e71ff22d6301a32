import { permission } from '../../../../src/identity/policy.js'
import { readRequest, takeStep, type RequestHistory } from '../../api/privacy.js'
import { useAction } from '../../api/use-action.js'
import { useResource } from '../../api/use-resource.js'
import { DataTable } from '../../components/data-table.js'
import { Loaded } from '../../components/loaded.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { Problem } from '../../components/problem.js'
import { Time } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { useCaller } from '../../session/use-session.js'
import { DecisionForm } from './decision-form.js'
import { KINDS } from './privacy-words.js'

/** One request: what happened so far, and the next step. */
export function RequestPage({ request }: { request: string }) {
  const { resource, reload } = useResource(`privacy request ${request}`, (signal) => readRequest(request, signal))
  return (
    <Loaded resource={resource} retry={reload} what="the request">
      {(history) => <Shown history={history} done={reload} />}
    </Loaded>
  )
}

function Shown({ history: { request, history }, done }: { history: RequestHistory; done: () => void }) {
  const { role } = useCaller()
  const received = history[0]!.data as { kind: string; dueAt: string }
  const happened = new Set(history.map(({ type }) => type))
  const decided = happened.has('privacy.request-decided')
  const decides = permission(role, 'privacy.decide') !== 'deny'
  return (
    <Page
      title={KINDS[received.kind] ?? received.kind}
      lead={
        <>
          Due <Time at={received.dueAt} />.
        </>
      }
    >
      <Panel title="What happened" flush>
        <DataTable
          caption="What happened"
          rows={history}
          rowKey={({ position }) => String(position)}
          columns={[
            { title: 'When', show: ({ recordedAt }) => <Time at={recordedAt} /> },
            { title: 'What', show: ({ type }) => type.replace('privacy.', '').replaceAll('-', ' ') },
            { title: 'By', show: ({ actor }) => actor.role },
            { title: 'Said', show: ({ data }) => <Said data={data} /> },
            { title: 'Proof', show: ({ position }) => <Link to={`/audit/${position}`}>{position}</Link> },
          ]}
        />
      </Panel>
      {decides && !happened.has('privacy.requester-identified') && (
        <Step
          request={request}
          title="Who asks was established by a document"
          step="identity-check"
          body={{ method: 'document', confirmed: true }}
          done={done}
        />
      )}
      {permission(role, 'privacy.prepare') !== 'deny' && !decided && (
        <Step request={request} title="Prepare the decision" step="preparation" body={{}} done={done} />
      )}
      {decides && !decided && happened.has('privacy.requester-identified') && (
        <DecisionForm request={request} kind={received.kind} done={done} />
      )}
      {decides && decided && !happened.has('privacy.request-answered') && (
        <Step
          request={request}
          title="The person was answered"
          step="answer"
          body={{ channel: 'electronic' }}
          done={done}
        />
      )}
    </Page>
  )
}

function Said({ data }: { data: RequestHistory['history'][number]['data'] }) {
  if (data === null) return <span className="quiet">sealed for you</span>
  if (typeof data === 'string') return <span className="quiet">{data}</span>
  if ('text' in data) return <>{String(data.text)}</>
  const told = Object.entries(data).filter(([, value]) => plainly(value) !== '')
  return <>{told.map(([name, value]) => `${inWords(name)}: ${plainly(value)}`).join('; ')}</>
}

/** The name of a member: `receivedAt` reads "received at". */
const inWords = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

/** A value of a record as a reader takes it in, lists and parts included. */
function plainly(value: unknown): string {
  if (Array.isArray(value)) return value.map(plainly).join(', ')
  if (typeof value === 'object' && value !== null) return Object.values(value).map(plainly).join(' ')
  return String(value)
}

interface StepProps {
  request: string
  title: string
  step: string
  body: object
  done: () => void
}

function Step({ request, title, step, body, done }: StepProps) {
  const { run, busy, problem } = useAction(async () => {
    await takeStep(request, step, body)
    done()
  })
  return (
    <Panel title="Next step">
      <button type="button" className="button" disabled={busy} onClick={() => void run()}>
        {title}
      </button>
      {problem && <Problem problem={problem} />}
    </Panel>
  )
}
