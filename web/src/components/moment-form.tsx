import type { FormEvent } from 'react'
import { Link } from '../routing/link.js'
import { go, usePlace, withQuery } from '../routing/location.js'
import { TextField } from './field.js'
import { localTime, moment } from './moments.js'

/** Takes what is shown back to any moment, which stands in the address as `asOf`. */
export function MomentForm({ asOf }: { asOf: string | undefined }) {
  const place = usePlace()
  const show = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const asked = String(new FormData(event.currentTarget).get('moment'))
    go(withQuery(place, { asOf: moment(asked) }))
  }
  return (
    <form className="form" onSubmit={show} key={asOf}>
      <TextField label="As it was on" name="moment" type="datetime-local" hint="Empty: now." value={localTime(asOf)} />
      <div className="actions">
        <button type="submit" className="button">
          Show
        </button>
        {asOf !== undefined && <Link to={withQuery(place, { asOf: undefined })}>Back to now</Link>}
      </div>
    </form>
  )
}
