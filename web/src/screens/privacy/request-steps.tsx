import type { ExtensionReason, IdentityMethod } from '../../../../src/privacy/codes.js'
import type { RequestState } from '../../../../src/privacy/requests/request-state.js'
import {
  checkIdentity,
  decideRequest,
  extendRequest,
  prepareDecision,
  recordAnswer,
  takeCopy,
} from '../../api/privacy.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import { ReasonField } from '../../components/field.js'
import { Panel } from '../../components/panel.js'
import { saveFile } from '../../components/save-file.js'
import { useNow } from '../../components/use-now.js'
import { useMay } from '../../session/use-session.js'
import { DecisionForm } from './decision-form.js'
import { CHANNELS, EXTENSION_OPTIONS, IDENTITY_OPTIONS } from './privacy-words.js'

interface Props {
  request: string
  standing: RequestState
  done: () => void
}

const CHECKED = [
  ['yes', 'it is who they say'],
  ['no', 'it could not be established'],
] as const

/** What the reader may do next: the service refuses what does not follow from where the request stands. */
export function RequestSteps({ request, standing, done }: Props) {
  const decides = useMay('privacy.decide')
  const prepares = useMay('privacy.prepare')
  const { status, received } = standing
  const isOpen = status === 'identified' || status === 'prepared' || status === 'held'
  return (
    <>
      {decides && status === 'received' && (
        <Panel title="Who asks?">
          <ActionForm
            submit="Record the check"
            act={(form) => checkIdentity(request, checkIn(form))}
            done={done}
            primary
          >
            <ReasonField label="Checked" name="method" options={IDENTITY_OPTIONS} />
            <ReasonField label="Result" name="confirmed" options={CHECKED} />
          </ActionForm>
          <ActionForm
            submit="Refuse: who asks could not be established"
            act={() => refuseStranger(request)}
            done={done}
          />
        </Panel>
      )}
      {prepares && (status === 'identified' || status === 'prepared') && (
        <Panel title="Prepare">
          <p className="quiet">Counts what is held of the person, so that it can be decided on.</p>
          <ActionForm submit="Prepare the decision" act={() => prepareDecision(request)} done={done} primary />
        </Panel>
      )}
      {decides && isOpen && received && <DecisionForm request={request} kind={received.kind} done={done} />}
      {decides && <Extension request={request} standing={standing} done={done} />}
      {decides && status === 'decided' && (
        <Panel title="Answer">
          <ActionForm
            submit="The person was answered"
            act={(form) => recordAnswer(request, textOf(form, 'channel'))}
            done={done}
            primary
          >
            <ReasonField label="How" name="channel" options={CHANNELS} />
          </ActionForm>
        </Panel>
      )}
      <Copy request={request} standing={standing} />
    </>
  )
}

const checkIn = (form: FormData): { method: IdentityMethod; confirmed: boolean } => ({
  method: textOf(form, 'method') as IdentityMethod,
  confirmed: textOf(form, 'confirmed') === 'yes',
})

const refuseStranger = (request: string): Promise<unknown> =>
  decideRequest(request, { outcome: 'refused', grounds: ['identity-not-established'] })

/** Two more months, once, while the first month lasts: the person is told within it (Art 12(3)). */
function Extension({ request, standing: { status, dueAt, extended }, done }: Props) {
  const now = useNow()
  if (extended || status === 'decided' || status === 'answered' || now > Date.parse(dueAt)) return null
  const extend = (form: FormData) => extendRequest(request, textOf(form, 'reason') as ExtensionReason)
  return (
    <Panel title="Take more time">
      <p className="quiet">Two more months, once. The person must be told, with the reason, within the first month.</p>
      <ActionForm submit="Extend by two months" act={extend} done={done}>
        <ReasonField options={EXTENSION_OPTIONS} />
      </ActionForm>
    </Panel>
  )
}

/** The copy that access or portability was granted for. */
function Copy({ request, standing: { received, outcome, status } }: Omit<Props, 'done'>) {
  const takes = useMay('privacy.copy')
  const isCopy = received?.kind === 'access' || received?.kind === 'portability'
  if (!takes || !isCopy || outcome === null || outcome === 'refused') return null
  const take = async () => {
    const { name, content } = await takeCopy(request)
    saveFile(name ?? `request-${request}`, content)
  }
  return (
    <Panel title="The copy that was granted">
      <p className="quiet">Taking it is recorded{status === 'decided' && ', and does not answer the request yet'}.</p>
      <ActionForm submit="Take the copy" act={take} />
    </Panel>
  )
}
