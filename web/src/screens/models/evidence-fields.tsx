import type { Evidence } from '../../../../src/models/registry/events.js'
import { textOf } from '../../components/action-form.js'
import { Field, SelectField, TextField } from '../../components/field.js'
import { sha256, toHex } from '../../log/bytes.js'

const KINDS: Record<Evidence['kind'], string> = {
  'reference-results': 'reference results',
  test: 'a test',
  publication: 'a publication',
  'model-card': 'the model card',
  data: 'data',
  report: 'a report',
  monitoring: 'monitoring',
}

/** A piece of evidence: what it is, and the digest that fixes it, taken here from the file or copied from elsewhere. */
export function EvidenceFields({ kind = 'test' }: { kind?: Evidence['kind'] }) {
  return (
    <>
      <TextField label="Evidence: its title" name="evidence-title" />
      <SelectField label="Kind of evidence" name="evidence-kind" value={kind} options={Object.entries(KINDS)} />
      <Field label="The file" hint="Stays here; its SHA-256 goes on record.">
        {(attributes) => <input type="file" name="evidence-file" {...attributes} />}
      </Field>
      <TextField label="or its SHA-256" name="evidence-digest" hint="Hexadecimal." />
      <TextField label="Where it is" name="evidence-reference" hint="A path in the project, or a DOI." />
    </>
  )
}

/** The evidence that was given; undefined when none was. */
export async function evidenceOf(form: FormData): Promise<object | undefined> {
  const title = textOf(form, 'evidence-title')
  if (title === '') return undefined
  const reference = textOf(form, 'evidence-reference')
  const digest = (await digestOf(form.get('evidence-file'))) ?? textOf(form, 'evidence-digest')
  return { title, kind: textOf(form, 'evidence-kind'), digest, ...(reference !== '' && { reference }) }
}

async function digestOf(file: FormDataEntryValue | null): Promise<string | undefined> {
  if (!(file instanceof File) || file.size === 0) return undefined
  return toHex(await sha256(new Uint8Array(await file.arrayBuffer())))
}
