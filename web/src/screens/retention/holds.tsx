import { HOLD_REFUSALS } from '../../../../src/privacy/codes.js'
import {
  decideHoldRequest,
  judgeHold,
  judgeLifting,
  liftHold,
  listHolds,
  placeHold,
  type Hold,
} from '../../api/retention.js'
import { useList } from '../../api/use-list.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import type { Column } from '../../components/data-table.js'
import { ReasonField, TextField } from '../../components/field.js'
import { ListPanel } from '../../components/list-panel.js'
import { Panel } from '../../components/panel.js'
import { ShortId, Time } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { useMay } from '../../session/use-session.js'
import { GROUND_WORDS, HoldState, REFUSAL_WORDS, REQUESTER_WORDS } from './retention-words.js'

/** Legal holds, each with what the reader may do about it. */
export function Holds() {
  const holds = useList('holds', listHolds)
  const places = useMay('hold.place')
  const columns: Column<Hold>[] = [
    { title: 'Person', show: ({ subject }) => <ShortId id={subject} /> },
    { title: 'State', show: ({ status }) => <HoldState status={status} /> },
    { title: 'Because of', show: ({ ground }) => GROUND_WORDS[ground] },
    { title: 'Asked for by', show: ({ requestedBy }) => REQUESTER_WORDS[requestedBy] },
    { title: 'Placed', show: ({ placedAt }) => placedAt && <Time at={placedAt} /> },
    { title: 'Ended', show: ({ endedAt }) => endedAt && <Time at={endedAt} /> },
    { title: 'Proof', show: ({ position }) => <Link to={`/audit/${position}`}>{position}</Link> },
    { title: 'Next', show: (hold) => <NextStep hold={hold} done={holds.reload} /> },
  ]
  return (
    <>
      <ListPanel
        title="Legal holds"
        caption="Legal holds, newest first"
        what="the legal holds"
        empty="No legal hold was ever placed."
        list={holds}
        columns={columns}
        rowKey={({ hold }) => hold}
      />
      {places && <PlaceForm done={holds.reload} />}
    </>
  )
}

const REFUSALS = HOLD_REFUSALS.map((code) => [code, REFUSAL_WORDS[code]] as const)

function NextStep({ hold: { hold, status, liftingRequestedAt }, done }: { hold: Hold; done: () => void }) {
  const places = useMay('hold.place')
  const judges = useMay('hold.judge')
  return (
    <>
      {status === 'requested' && places && (
        <>
          <ActionForm submit="Place it" act={() => decideHoldRequest(hold, undefined)} done={done} />
          <ActionForm submit="Refuse it" act={(form) => decideHoldRequest(hold, textOf(form, 'refusal'))} done={done}>
            <ReasonField label="Why" name="refusal" options={REFUSALS} />
          </ActionForm>
        </>
      )}
      {status === 'placed' && judges && (
        <>
          <ActionForm submit="Approve" act={() => judgeHold(hold, true)} done={done} />
          <ActionForm submit="End it" act={() => judgeHold(hold, false)} done={done} />
        </>
      )}
      {status === 'placed' && places && <ActionForm submit="Lift" act={() => liftHold(hold)} done={done} />}
      {status === 'approved' && liftingRequestedAt === null && places && (
        <ActionForm submit="Ask to lift it" act={() => liftHold(hold)} done={done} />
      )}
      {status === 'approved' && liftingRequestedAt !== null && judges && (
        <>
          <ActionForm submit="Agree to lift it" act={() => judgeLifting(hold, true)} done={done} />
          <ActionForm submit="Leave it in force" act={() => judgeLifting(hold, false)} done={done} />
        </>
      )}
    </>
  )
}

function PlaceForm({ done }: { done: () => void }) {
  const place = (form: FormData) =>
    placeHold({
      subject: textOf(form, 'subject'),
      requestedBy: textOf(form, 'requestedBy'),
      ground: textOf(form, 'ground'),
    })
  return (
    <Panel title="Place a legal hold">
      <ActionForm submit="Place it" act={place} done={done}>
        <TextField label="Person" name="subject" hint="Subject id." required />
        <ReasonField label="Because of" name="ground" options={Object.entries(GROUND_WORDS)} />
        <ReasonField label="Asked for by" name="requestedBy" options={Object.entries(REQUESTER_WORDS)} />
      </ActionForm>
    </Panel>
  )
}
