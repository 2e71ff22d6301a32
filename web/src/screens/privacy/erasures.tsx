import { actOnErasure, listErasures, readCertificate, type Erasure } from '../../api/privacy.js'
import { useAction } from '../../api/use-action.js'
import { useList } from '../../api/use-list.js'
import { ActionForm } from '../../components/action-form.js'
import { Badge } from '../../components/badge.js'
import type { Column } from '../../components/data-table.js'
import { ConfirmField } from '../../components/field.js'
import { ListPanel } from '../../components/list-panel.js'
import { Problem } from '../../components/problem.js'
import { saveFile } from '../../components/save-file.js'
import { ShortId, Time, words } from '../../components/values.js'
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
  const erasures = useList('erasures', listErasures)
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
    { title: 'Next', show: (row) => <NextStep row={row} done={erasures.reload} /> },
  ]
  return (
    <ListPanel
      title="Erasures"
      caption="Erasures, newest first"
      what="the erasures"
      empty="No erasure is on record."
      list={erasures}
      columns={columns}
      rowKey={({ erasure }) => erasure}
    />
  )
}

function NextStep({ row: { erasure, status }, done }: { row: Erasure; done: () => void }) {
  const confirms = useMay('erasure.confirm')
  const executes = useMay('erasure.execute')
  const take = (step: 'confirmation' | 'execution') => () => actOnErasure(erasure, step)
  return (
    <>
      {status === 'decided' && confirms && <ActionForm submit="Confirm" act={take('confirmation')} done={done} />}
      {status === 'confirmed' && executes && (
        <ActionForm submit="Execute" act={take('execution')} done={done}>
          <ConfirmField>The keys are destroyed for good; nobody reads these data again.</ConfirmField>
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
