import { permission } from '../../../../src/identity/policy.js'
import { actOnErasure, listErasures, readCertificate, type Erasure } from '../../api/privacy.js'
import { useAction } from '../../api/use-action.js'
import { useResource } from '../../api/use-resource.js'
import { Badge } from '../../components/badge.js'
import { DataTable } from '../../components/data-table.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Panel } from '../../components/panel.js'
import { Problem } from '../../components/problem.js'
import { saveFile } from '../../components/save-file.js'
import { ShortId, Time } from '../../components/values.js'
import { useCaller } from '../../session/use-session.js'

/** Erasures, each with what the reader may do about it: confirm, execute, take the certificate. */
export function Erasures() {
  const { resource, reload } = useResource('erasures', (signal) => listErasures(signal))
  return (
    <Loaded resource={resource} retry={reload} what="the erasures">
      {({ items }) => (
        <Panel title="Erasures" flush>
          {items.length === 0 ? (
            <Empty>Nobody was forgotten.</Empty>
          ) : (
            <DataTable
              caption="Erasures"
              rowKey={({ erasure }) => erasure}
              rows={items}
              columns={[
                { title: 'Erasure', show: ({ erasure }) => <ShortId id={erasure} /> },
                {
                  title: 'Status',
                  show: ({ status }) => <Badge tone={status === 'completed' ? 'good' : 'caution'}>{status}</Badge>,
                },
                { title: 'Classes', show: ({ classes }) => classes.join(', ') },
                { title: 'Decided', show: ({ decidedAt }) => <Time at={decidedAt} /> },
                { title: 'Next', show: (row) => <NextStep row={row} done={reload} /> },
              ]}
            />
          )}
        </Panel>
      )}
    </Loaded>
  )
}

function NextStep({ row: { erasure, status }, done }: { row: Erasure; done: () => void }) {
  const { role } = useCaller()
  const act = useAction(async (step: 'confirmation' | 'execution') => {
    await actOnErasure(erasure, step)
    done()
  })
  const certificate = useAction(async () => {
    saveFile(`erasure-${erasure}.html`, (await readCertificate(erasure)).content)
  })
  const problem = act.problem ?? certificate.problem
  return (
    <>
      {status === 'decided' && permission(role, 'erasure.confirm') !== 'deny' && (
        <button type="button" className="button" disabled={act.busy} onClick={() => void act.run('confirmation')}>
          Confirm
        </button>
      )}
      {status === 'confirmed' && permission(role, 'erasure.execute') !== 'deny' && (
        <button type="button" className="button" disabled={act.busy} onClick={() => void act.run('execution')}>
          Execute
        </button>
      )}
      {status === 'completed' && (
        <button type="button" className="button" disabled={certificate.busy} onClick={() => void certificate.run()}>
          Certificate
        </button>
      )}
      {problem && <Problem problem={problem} />}
    </>
  )
}
