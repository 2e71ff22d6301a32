import type { FormEvent } from 'react'
import { Field } from '../../components/field.js'
import { go } from '../../routing/location.js'

/** Opens the consents of a subject whose id somebody knows. */
export function OpenSubject() {
  const open = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const id = String(new FormData(event.currentTarget).get('id')).trim()
    if (id !== '') go(`/consents/${encodeURIComponent(id)}`)
  }
  return (
    <form className="form" onSubmit={open}>
      <Field label="Open by subject id">
        {(attributes) => <input name="id" autoComplete="off" spellCheck={false} required {...attributes} />}
      </Field>
      <button className="button">Open</button>
    </form>
  )
}
