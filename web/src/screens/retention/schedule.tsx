import { readSchedule, setPeriod, type Period } from '../../api/retention.js'
import { useResource } from '../../api/use-resource.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { SelectField, TextField, toChoose } from '../../components/field.js'
import { Loaded } from '../../components/loaded.js'
import { Panel } from '../../components/panel.js'
import { plural, words } from '../../components/values.js'
import { useMay } from '../../session/use-session.js'
import { PERIOD_REASON_WORDS } from './retention-words.js'

const COLUMNS: Column<Period>[] = [
  { title: 'Records', show: ({ title }) => title },
  { title: 'Kept for', show: ({ years }) => plural(years, 'year') },
  {
    title: 'The law asks for',
    show: ({ minimumYears }) => (minimumYears === 0 ? 'no least period' : plural(minimumYears, 'year')),
  },
  { title: 'Counted from', show: ({ clock }) => clock },
  { title: 'Data', show: ({ keyClasses }) => keyClasses.map(words).join(', ') },
  { title: 'Source', show: ({ source }) => source },
]

/** The periods in force, and the way to lengthen one; the service takes none below the law. */
export function Schedule() {
  const { resource, reload } = useResource('retention schedule', readSchedule)
  const manages = useMay('retention.manage')
  return (
    <Loaded resource={resource} retry={reload} what="the periods">
      {(periods) => (
        <>
          <Panel title="Periods in force" flush>
            <DataTable caption="Periods" columns={COLUMNS} rows={periods} rowKey={({ recordClass }) => recordClass} />
          </Panel>
          {manages && <PeriodForm periods={periods} done={reload} />}
        </>
      )}
    </Loaded>
  )
}

function PeriodForm({ periods, done }: { periods: Period[]; done: () => void }) {
  const set = async (form: FormData) => {
    const period = { years: Number(textOf(form, 'years')), reason: textOf(form, 'reason') }
    await setPeriod(textOf(form, 'recordClass'), period)
    done()
  }
  return (
    <Panel title="Set another period">
      <ActionForm submit="Set it" act={set}>
        <SelectField
          label="Records"
          name="recordClass"
          value=""
          options={periods.map(({ recordClass, title }) => [recordClass, title] as const)}
        />
        <TextField label="Years" name="years" type="number" required />
        <SelectField
          label="Because of"
          name="reason"
          value=""
          options={toChoose(Object.entries(PERIOD_REASON_WORDS))}
          required
        />
      </ActionForm>
    </Panel>
  )
}
