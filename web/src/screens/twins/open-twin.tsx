import type { FormEvent } from 'react'
import { Field } from '../../components/field.js'
import { go } from '../../routing/location.js'

/** Opens a twin whose id somebody knows. */
export function OpenTwin() {
  const open = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const id = String(new FormData(event.currentTarget).get('id')).trim()
    if (id !== '') go(`/twins/${encodeURIComponent(id)}`)
  }
  return (
    <form className="form" onSubmit={open}>
      <Field label="Open a twin by its id">
        {(attributes) => <input name="id" autoComplete="off" spellCheck={false} required {...attributes} />}
      </Field>
      <button className="button">Open</button>
    </form>
  )
}
