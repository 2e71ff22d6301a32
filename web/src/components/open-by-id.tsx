import type { FormEvent } from 'react'
import { go } from '../routing/location.js'
import { textOf } from './action-form.js'
import { Field } from './field.js'

/** Opens what somebody knows the id of, below an address such as `/twins`. */
export function OpenById({ label, below }: { label: string; below: string }) {
  const open = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const id = textOf(new FormData(event.currentTarget), 'id')
    if (id !== '') go(`${below}/${encodeURIComponent(id)}`)
  }
  return (
    <form className="form" onSubmit={open}>
      <Field label={label}>
        {(attributes) => <input name="id" autoComplete="off" spellCheck={false} required {...attributes} />}
      </Field>
      <button className="button">Open</button>
    </form>
  )
}
