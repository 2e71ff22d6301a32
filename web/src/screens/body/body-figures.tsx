import type { Measure } from '../../api/body.js'
import { DataTable } from '../../components/data-table.js'
import { Panel } from '../../components/panel.js'
import { inPrint } from '../../components/unit.js'

/** Everything the picture shows, as figures. */
export function BodyFigures({ measures }: { measures: readonly Measure[] }) {
  return (
    <Panel title="In figures" flush>
      <DataTable
        caption="Measures of the body"
        rows={measures}
        rowKey={({ name }) => name}
        columns={[
          { title: 'Quantity', show: ({ quantity }) => quantity },
          { title: 'Value', numeric: true, show: ({ value, unit }) => `${figure(value)}${inPrint(unit)}` },
        ]}
      />
    </Panel>
  )
}

const figure = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 3 })
