import type { FormEvent } from 'react'
import { readProof } from '../../api/log.js'
import { useAction } from '../../api/use-action.js'
import { Field } from '../../components/field.js'
import { Panel } from '../../components/panel.js'
import { Problem } from '../../components/problem.js'
import { saveFile } from '../../components/save-file.js'

/** Hands over the proof that one event is in the log. */
export function ProofDownload() {
  const saving = useAction(async (position: number) => {
    saveFile(`event-${position}.tlog-proof`, await readProof(position))
  })
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    void saving.run(Number(new FormData(event.currentTarget).get('position')))
  }
  return (
    <Panel title="Proof of one event">
      <form className="form" onSubmit={save}>
        <Field label="Position in the log" hint="As the audit trail shows it, from 0">
          {(attributes) => <input type="number" name="position" min={0} step={1} required {...attributes} />}
        </Field>
        <button className="button" disabled={saving.busy}>
          Download .tlog-proof
        </button>
      </form>
      {saving.problem && <Problem problem={saving.problem} />}
    </Panel>
  )
}
