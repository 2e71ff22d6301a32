import { attachMesh } from '../../api/meshes.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import { Field, SelectField, TextField } from '../../components/field.js'
import { Panel } from '../../components/panel.js'
import { ORGANS } from './mesh-words.js'

const OPTIONS = [...Object.entries(ORGANS), ['', 'another, by its code']] as const

/** Attaches a mesh once the service has checked it; what is wrong with a file is named fault by fault. */
export function AttachForm({ twin, done }: { twin: string; done: () => void }) {
  const attach = async (form: FormData) => {
    const file = form.get('file')
    if (!(file instanceof File)) return
    await attachMesh(twin, textOf(form, 'organ') || textOf(form, 'code'), file)
    done()
  }
  return (
    <Panel title="Attach an organ mesh">
      <p className="small quiet">
        Binary glTF 2.0 with triangles alone, self-contained. The file is checked and sealed under the person’s key; the
        log commits to its digest.
      </p>
      <ActionForm submit="Check and attach" act={attach}>
        <SelectField label="Organ" name="organ" value="UBERON:0000948" options={OPTIONS} />
        <TextField label="or its code" name="code" hint="UBERON, such as UBERON:0000948." />
        <Field label="The file">
          {(attributes) => <input type="file" name="file" accept=".glb,model/gltf-binary" required {...attributes} />}
        </Field>
      </ActionForm>
    </Panel>
  )
}
