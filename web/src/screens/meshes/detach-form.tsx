import { DETACHMENT_REASONS, type DetachmentReason } from '../../../../src/body/reason-codes.js'
import { detachMesh } from '../../api/meshes.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import { SelectField, toChoose } from '../../components/field.js'

const REASONS = toChoose(Object.entries(DETACHMENT_REASONS))

/** Takes a mesh off the twin; its file is deleted, and that there was one stays on record. */
export function DetachForm({ twin, mesh, done }: { twin: string; mesh: string; done: () => void }) {
  const detach = async (form: FormData) => {
    await detachMesh(twin, mesh, textOf(form, 'reason') as DetachmentReason)
    done()
  }
  return (
    <details>
      <summary>Detach it</summary>
      <ActionForm submit="Detach and delete the file" act={detach}>
        <SelectField label="Why" name="reason" value="" options={REASONS} required />
      </ActionForm>
    </details>
  )
}
