import { HOLD_REFUSALS } from '../../../../src/privacy/codes.js'
import { decideHoldRequest, judgeHold, liftHold, listHolds, placeHold, type Hold } from '../../api/retention.js'
import { useResource } from '../../api/use-resource.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { SelectField, TextField, toChoose } from '../../components/field.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Pager } from '../../components/pager.js'
import { Panel } from '../../components/panel.js'
import { ShortId, Time } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { usePlace } from '../../routing/location.js'
import { useMay } from '../../session/use-session.js'
import { GROUND_WORDS, HoldState, REFUSAL_WORDS, REQUESTER_WORDS } from './retention-words.js'

/** Legal holds, each with what the reader may do about it. */
export function Holds() {
  const cursor = usePlace().query.get('cursor') ?? undefined
  const { resource, reload } = useResource(`holds ${cursor}`, (signal) => listHolds(cursor, signal))
  const places = useMay('hold.place')
  const columns: Column<Hold>[] = [
    { title: 'Person', show: ({ subject }) => <ShortId id={subject} /> },
    { title: 'State', show: ({ status }) => <HoldState status={status} /> },
    { title: 'Because of', show: ({ ground }) => GROUND_WORDS[ground] },
    { title: 'Asked for by', show: ({ requestedBy }) => REQUESTER_WORDS[requestedBy] },
    { title: 'Placed', show: ({ placedAt }) => placedAt && <Time at={placedAt} /> },
    { title: 'Ended', show: ({ endedAt }) => endedAt && <Time at={endedAt} /> },
    { title: 'Proof', show: ({ position }) => <Link to={`/audit/${position}`}>{position}</Link> },
    { title: 'Next', show: (hold) => <NextStep hold={hold} done={reload} /> },
  ]
  return (
    <Loaded resource={resource} retry={reload} what="the legal holds">
      {({ items, next }) => (
        <>
          <Panel title="Legal holds" flush>
            {items.length === 0 ? (
              <Empty>No legal hold was ever placed.</Empty>
            ) : (
              <DataTable
                caption="Legal holds, newest first"
                columns={columns}
                rows={items}
                rowKey={({ hold }) => hold}
              />
            )}
          </Panel>
          <Pager next={next} />
          {places && <PlaceForm done={reload} />}
        </>
      )}
    </Loaded>
  )
}

const REFUSALS = toChoose(HOLD_REFUSALS.map((code) => [code, REFUSAL_WORDS[code]] as const))

function NextStep({ hold: { hold, status }, done }: { hold: Hold; done: () => void }) {
  const places = useMay('hold.place')
  const judges = useMay('hold.judge')
  const act = (step: () => Promise<unknown>) => async () => {
    await step()
    done()
  }
  return (
    <>
      {status === 'requested' && places && (
        <>
          <ActionForm submit="Place it" act={act(() => decideHoldRequest(hold, undefined))} />
          <ActionForm
            submit="Refuse it"
            act={async (form) => {
              await decideHoldRequest(hold, textOf(form, 'refusal'))
              done()
            }}
          >
            <SelectField label="Why" name="refusal" value="" options={REFUSALS} required />
          </ActionForm>
        </>
      )}
      {status === 'placed' && judges && (
        <>
          <ActionForm submit="Approve" act={act(() => judgeHold(hold, true))} />
          <ActionForm submit="End it" act={act(() => judgeHold(hold, false))} />
        </>
      )}
      {(status === 'placed' || status === 'approved') && places && (
        <ActionForm submit="Lift" act={act(() => liftHold(hold))} />
      )}
    </>
  )
}

function PlaceForm({ done }: { done: () => void }) {
  const place = async (form: FormData) => {
    await placeHold({
      subject: textOf(form, 'subject'),
      requestedBy: textOf(form, 'requestedBy'),
      ground: textOf(form, 'ground'),
    })
    done()
  }
  return (
    <Panel title="Place a legal hold">
      <ActionForm submit="Place it" act={place}>
        <TextField label="Person" name="subject" hint="Subject id." required />
        <SelectField
          label="Because of"
          name="ground"
          value=""
          options={toChoose(Object.entries(GROUND_WORDS))}
          required
        />
        <SelectField
          label="Asked for by"
          name="requestedBy"
          value=""
          options={toChoose(Object.entries(REQUESTER_WORDS))}
          required
        />
      </ActionForm>
    </Panel>
  )
}
