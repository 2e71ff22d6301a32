import type { RecordedSetting } from '../../../../src/operations/configuration/events.js'
import { readConfiguration, type Configuration } from '../../api/operations.js'
import { useResource } from '../../api/use-resource.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Figures } from '../../components/details.js'
import { SelectField } from '../../components/field.js'
import { Loaded } from '../../components/loaded.js'
import { MomentForm } from '../../components/moment-form.js'
import { Panel } from '../../components/panel.js'
import { plural } from '../../components/values.js'
import { go, usePlace, withQuery } from '../../routing/location.js'

const PROCESSES = [
  ['service', 'the service'],
  ['worker', 'a worker that computes cohorts'],
] as const

type Setting = readonly [name: string, setting: RecordedSetting]

const COLUMNS: Column<Setting>[] = [
  { title: 'Setting', show: ([name]) => <code>{name}</code> },
  { title: 'Value', show: ([, setting]) => <Value of={setting} /> },
]

/** Settings as they are on record; of secrets a fingerprint, which tells whether the value changed and nothing else. */
export function ConfigurationOnRecord() {
  const place = usePlace()
  const asOf = place.query.get('asOf') ?? undefined
  const process = place.query.get('process') ?? 'service'
  const { resource, reload } = useResource(`configuration ${process} ${asOf}`, (signal) =>
    readConfiguration({ process, asOf }, signal),
  )
  return (
    <>
      <MomentForm asOf={asOf} />
      <div className="form">
        <SelectField
          label="Of"
          name="process"
          value={process}
          onChange={(chosen) => go(withQuery(place, { process: chosen === 'service' ? undefined : chosen }))}
          options={PROCESSES}
        />
      </div>
      <Loaded resource={resource} retry={reload} what="the configuration">
        {(found) => <Shown found={found} />}
      </Loaded>
    </>
  )
}

function Shown({ found: { instance, software, settings, revision } }: { found: Configuration }) {
  const all = Object.entries(settings).sort(([one], [other]) => one.localeCompare(other))
  const set = all.filter(([, setting]) => isSet(setting))
  const unset = all.filter(([, setting]) => !isSet(setting))
  return (
    <>
      <Figures
        items={[
          ['Instance', instance],
          ['Version', software.version],
          ['Node.js', software.node],
          ['Changes on record', revision + 1],
        ]}
      />
      <Panel title="Settings" flush>
        <DataTable caption="Settings" columns={COLUMNS} rows={set} rowKey={([name]) => name} />
      </Panel>
      <details className="panel">
        <summary className="panel-header">{plural(unset.length, 'setting')} not set</summary>
        <p className="panel-body">{unset.map(([name]) => name).join(', ')}</p>
      </details>
    </>
  )
}

const isSet = (setting: RecordedSetting): boolean => ('value' in setting ? setting.value : setting.fingerprint) !== null

function Value({ of }: { of: RecordedSetting }) {
  if ('value' in of) return <code>{of.value}</code>
  return (
    <span className="quiet">
      not shown; fingerprint <code>{of.fingerprint}</code>
    </span>
  )
}
