import type { ChosenInput, Exclusion, Run } from '../../api/simulations.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Panel } from '../../components/panel.js'
import { inPrint } from '../../components/unit.js'
import { ShortId, Time, plural, words } from '../../components/values.js'
import { numberText } from './outputs.js'
import type { InputNames } from './run-words.js'

const BASES: Record<ChosenInput['basis'], string> = {
  recorded: 'as recorded',
  derived: 'derived',
  'not-in-record': 'no entry says otherwise',
  fixed: 'fixed',
  stated: 'stated with the run',
}

const columns = (names: InputNames): Column<ChosenInput>[] => [
  { title: 'Input', show: ({ input }) => names.get(input) ?? words(input) },
  { title: 'Value', show: (input) => <strong className="number">{valueText(input.value, input.unit)}</strong> },
  { title: 'Basis', show: ({ basis, by }) => `${BASES[basis]}${by ? `: ${words(by)}` : ''}` },
  { title: 'From', show: (input) => <Sources input={input} /> },
]

const excludedColumns = (names: InputNames): Column<Exclusion>[] => [
  { title: 'Input', show: ({ input }) => names.get(input) ?? words(input) },
  { title: 'Passed over because', show: ({ code, rule }) => `${words(code)}${rule ? ` (${rule})` : ''}` },
  { title: 'Event', show: ({ eventId }) => <ShortId id={eventId} /> },
]

interface Props {
  result: NonNullable<Run['result']>
  names: InputNames
}

/** Every input with the facts it stands on, and the facts that were passed over. */
export function RunInputs({ result: { inputs, excluded }, names }: Props) {
  return (
    <>
      <Panel title="What went in" aside={<span className="quiet">{plural(inputs.length, 'input')}</span>} flush>
        <DataTable
          caption="Inputs with their sources"
          columns={columns(names)}
          rows={inputs}
          rowKey={({ input }) => input}
        />
      </Panel>
      {excluded.length > 0 && (
        <Panel title="Facts that were passed over" flush>
          <DataTable
            caption="Facts that were passed over"
            columns={excludedColumns(names)}
            rows={excluded}
            rowKey={({ input, eventId }) => `${input} ${eventId}`}
          />
        </Panel>
      )}
    </>
  )
}

function Sources({ input: { sources } }: { input: ChosenInput }) {
  if (sources.length === 0) return <span className="quiet">no single entry</span>
  return (
    <>
      {sources.map(({ eventId, code, value, unit, observedAt }) => (
        <div key={eventId}>
          {[code?.replace('|', ' '), value !== undefined && valueText(value, unit)].filter(Boolean).join(' ')}
          {observedAt && (
            <>
              , <Time at={observedAt} />
            </>
          )}{' '}
          <span className="quiet">
            event <ShortId id={eventId} />
          </span>
        </div>
      ))}
    </>
  )
}

function valueText(value: ChosenInput['value'], unit: string | undefined): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return `${typeof value === 'number' ? numberText(value) : value}${inPrint(unit ?? '1')}`
}
