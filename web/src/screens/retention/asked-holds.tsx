import { askForHold, listAskedHolds, type AskedHold } from '../../api/retention.js'
import { useList } from '../../api/use-list.js'
import { ActionForm, filledIn } from '../../components/action-form.js'
import type { Column } from '../../components/data-table.js'
import { ReasonField, TextField } from '../../components/field.js'
import { ListPanel } from '../../components/list-panel.js'
import { Panel } from '../../components/panel.js'
import { Time } from '../../components/values.js'
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
  const asked = useList('asked holds', listAskedHolds)
  const bySubject = useCaller().role === 'regulator'
  const ask = (form: FormData) => askForHold(filledIn(form, ['subject', 'trial', 'code', 'ground']))
  return (
    <>
      <ListPanel
        title="Holds you asked for"
        what="what you asked for"
        empty="You have asked for no legal hold."
        list={asked}
        columns={COLUMNS}
        rowKey={({ hold }) => hold}
      />
      <Panel title="Ask for a legal hold">
        <ActionForm submit="Ask for it" act={ask} done={asked.reload} primary>
          {bySubject && <TextField label="Person" name="subject" hint="Subject id, or trial and code below." />}
          <TextField label="Trial" name="trial" hint="Its id." required={!bySubject} />
          <TextField label="Code in the trial" name="code" required={!bySubject} />
          <ReasonField label="Because of" name="ground" options={Object.entries(GROUND_WORDS)} />
        </ActionForm>
      </Panel>
    </>
  )
}
