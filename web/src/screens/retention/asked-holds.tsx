import { askForHold, listAskedHolds, type AskedHold } from '../../api/retention.js'
import { useResource } from '../../api/use-resource.js'
import { ActionForm, filledIn } from '../../components/action-form.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { SelectField, TextField, toChoose } from '../../components/field.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Pager } from '../../components/pager.js'
import { Panel } from '../../components/panel.js'
import { Time } from '../../components/values.js'
import { usePlace } from '../../routing/location.js'
import { useCaller } from '../../session/use-session.js'
import { GROUND_WORDS, HoldState, REFUSAL_WORDS } from './retention-words.js'

const COLUMNS: Column<AskedHold>[] = [
  { title: 'Asked for', show: ({ requestedAt }) => <Time at={requestedAt} /> },
  { title: 'Because of', show: ({ ground }) => GROUND_WORDS[ground] },
  { title: 'What became of it', show: ({ status }) => <HoldState status={status} /> },
  { title: 'Why not', show: ({ refusal }) => refusal && REFUSAL_WORDS[refusal] },
]

/** For those who ask for a hold and do not place it: a regulator by person, a sponsor by the code of a trial. */
export function AskedHolds() {
  const cursor = usePlace().query.get('cursor') ?? undefined
  const { resource, reload } = useResource(`asked holds ${cursor}`, (signal) => listAskedHolds(cursor, signal))
  const bySubject = useCaller().role === 'regulator'
  const ask = async (form: FormData) => {
    await askForHold(filledIn(form, ['subject', 'trial', 'code', 'ground']))
    reload()
  }
  return (
    <>
      <Loaded resource={resource} retry={reload} what="what you asked for">
        {({ items, next }) => (
          <>
            <Panel title="Holds you asked for" flush>
              {items.length === 0 ? (
                <Empty>You have asked for no legal hold.</Empty>
              ) : (
                <DataTable caption="Holds you asked for" columns={COLUMNS} rows={items} rowKey={({ hold }) => hold} />
              )}
            </Panel>
            <Pager next={next} />
          </>
        )}
      </Loaded>
      <Panel title="Ask for a legal hold">
        <ActionForm submit="Ask for it" act={ask} primary>
          {bySubject && <TextField label="Person" name="subject" hint="Subject id, or trial and code below." />}
          <TextField label="Trial" name="trial" hint="Its id." required={!bySubject} />
          <TextField label="Code in the trial" name="code" required={!bySubject} />
          <SelectField
            label="Because of"
            name="ground"
            value=""
            options={toChoose(Object.entries(GROUND_WORDS))}
            required
          />
        </ActionForm>
      </Panel>
    </>
  )
}
