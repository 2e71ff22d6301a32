import { actOnErasure, listErasures, readCertificate, type Erasure } from '../../api/privacy.js'
import { useAction } from '../../api/use-action.js'
import { useResource } from '../../api/use-resource.js'
import { ActionForm } from '../../components/action-form.js'
import { Badge } from '../../components/badge.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Pager } from '../../components/pager.js'
import { Panel } from '../../components/panel.js'
import { Problem } from '../../components/problem.js'
import { saveFile } from '../../components/save-file.js'
import { ShortId, Time, words } from '../../components/values.js'
import { usePlace } from '../../routing/location.js'
import { useMay } from '../../session/use-session.js'
import { CLASS_WORDS } from './privacy-words.js'

const STATES: Partial<Record<Erasure['status'], string>> = {
  decided: 'waits for a second person',
  confirmed: 'waits to be executed',
  suspended: 'suspended by a legal hold',
  stopped: 'stopped: the law keeps the data by now',
}

/** Erasures, each with what the reader may do about it: confirm, execute, take the certificate. */
export function Erasures() {
  const cursor = usePlace().query.get('cursor') ?? undefined
  const { resource, reload } = useResource(`erasures ${cursor}`, (signal) => listErasures(cursor, signal))
  const columns: Column<Erasure>[] = [
    { title: 'Erasure', show: ({ erasure }) => <ShortId id={erasure} /> },
    {
      title: 'State',
      show: ({ status }) => (
        <Badge tone={status === 'completed' ? 'good' : 'caution'}>{STATES[status] ?? words(status)}</Badge>
      ),
    },
    { title: 'Data', show: ({ classes }) => classes.map((code) => CLASS_WORDS[code]).join(', ') },
    { title: 'Decided', show: ({ decidedAt }) => <Time at={decidedAt} /> },
    { title: 'Next', show: (row) => <NextStep row={row} done={reload} /> },
  ]
  return (
    <Loaded resource={resource} retry={reload} what="the erasures">
      {({ items, next }) => (
        <>
          <Panel title="Erasures" flush>
            {items.length === 0 ? (
              <Empty>No erasure is on record.</Empty>
            ) : (
              <DataTable
                caption="Erasures, newest first"
                columns={columns}
                rows={items}
                rowKey={({ erasure }) => erasure}
              />
            )}
          </Panel>
          <Pager next={next} />
        </>
      )}
    </Loaded>
  )
}

function NextStep({ row: { erasure, status }, done }: { row: Erasure; done: () => void }) {
  const confirms = useMay('erasure.confirm')
  const executes = useMay('erasure.execute')
  const take = (step: 'confirmation' | 'execution') => async () => {
    await actOnErasure(erasure, step)
    done()
  }
  return (
    <>
      {status === 'decided' && confirms && <ActionForm submit="Confirm" act={take('confirmation')} />}
      {status === 'confirmed' && executes && (
        <ActionForm submit="Execute" act={take('execution')}>
          <label className="choice">
            <input type="checkbox" required /> The keys are destroyed for good; nobody reads these data again.
          </label>
        </ActionForm>
      )}
      {status === 'completed' && <Certificate erasure={erasure} />}
    </>
  )
}

function Certificate({ erasure }: { erasure: string }) {
  const { run, busy, problem } = useAction(async () => {
    saveFile(`erasure-${erasure}.html`, (await readCertificate(erasure)).content)
  })
  return (
    <>
      <button type="button" className="button" disabled={busy} onClick={() => void run()}>
        Certificate
      </button>
      {problem && <Problem problem={problem} />}
    </>
  )
}
