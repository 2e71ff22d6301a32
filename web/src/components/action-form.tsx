import type { FormEvent, ReactNode } from 'react'
import { useAction } from '../api/use-action.js'
import { tell } from './announcer.js'
import { moment } from './moments.js'
import { Problem } from './problem.js'

interface Props {
  /** What the button says. */
  submit: string
  act: (form: FormData) => Promise<unknown>
  /** Called when it went through: what is on the page is read anew. */
  done?: () => void
  primary?: boolean
  children?: ReactNode
}

/** One act of a person: its fields, its button, and the refusal with its reason where there is one. */
export function ActionForm({ submit, act, done, primary = false, children }: Props) {
  const { run, busy, problem } = useAction(async (form: FormData) => {
    tell('')
    await act(form)
    done?.()
    tell(`Done: ${submit}`)
  })
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    void run(new FormData(event.currentTarget))
  }
  return (
    <>
      <form className="form" onSubmit={send}>
        {children}
        <div className="actions">
          <button type="submit" className={primary ? 'button primary' : 'button'} disabled={busy}>
            {submit}
          </button>
        </div>
      </form>
      {problem && <Problem problem={problem} />}
    </>
  )
}

/** The text of a field; empty when it has none. */
export const textOf = (form: FormData, name: string): string => String(form.get(name) ?? '').trim()

/** The fields that were filled in, for a request whose members may be left out. */
export function filledIn<Name extends string>(form: FormData, names: readonly Name[]): Partial<Record<Name, string>> {
  const filled = names.map((name) => [name, textOf(form, name)] as const).filter(([, text]) => text !== '')
  return Object.fromEntries(filled) as Partial<Record<Name, string>>
}

/** Several ids, codes or numbers in one field, separated by spaces or commas. */
export const listOf = (form: FormData, name: string): string[] =>
  textOf(form, name)
    .split(/[\s,]+/)
    .filter(Boolean)

/** A day or a moment of a form, in the reader's time zone, as the service takes times. */
export const momentOf = (form: FormData, name: string): string | undefined => moment(textOf(form, name))
