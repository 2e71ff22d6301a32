/** Small values as people read them: times, ids, digests, numbers, actors. */
import { Link } from '../routing/link.js'

const TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
const EXACT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })
const NUMBER = new Intl.NumberFormat('en-GB')

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${NUMBER.format(count)} ${count === 1 ? one : many}`

/** A moment in the reader's time zone, for a sentence. */
export const timeText = (at: string): string => TIME.format(new Date(at))

/** A moment in the reader's time zone; the exact one in UTC is in its title. A partial date stays as it was written. */
export function Time({ at, exact = false }: { at: string | null | undefined; exact?: boolean }) {
  if (!at) return <span className="quiet">unknown</span>
  if (!at.includes('T')) return <time dateTime={at}>{at}</time>
  return (
    <time dateTime={at} title={at}>
      {(exact ? EXACT : TIME).format(new Date(at))}
    </time>
  )
}

/** @param of undefined where the reader is not told: it would be the same in every trial that a person is in */
export function Count({ of }: { of: number | undefined }) {
  if (of === undefined) return <span className="quiet">withheld</span>
  return <span className="number">{NUMBER.format(of)}</span>
}

/** The beginning of a random id; all of it in its title and for whoever listens. */
export function ShortId({ id }: { id: string }) {
  return (
    <code title={id}>
      <span aria-hidden="true">{id.slice(0, 8)}…</span>
      <span className="visually-hidden">{id}</span>
    </code>
  )
}

export function TwinLink({ twin }: { twin: string }) {
  return (
    <Link to={`/twins/${twin}`}>
      <ShortId id={twin} />
    </Link>
  )
}

export function Actor({ actor }: { actor: { id: string; role: string; org?: string | null } }) {
  return (
    <>
      {actor.role} <ShortId id={actor.id} />
      {actor.org && <span className="quiet"> {actor.org}</span>}
    </>
  )
}

/** A code of a closed list as words: `entry-error` reads "entry error". */
export const words = (code: string): string => code.replaceAll(/[-_.]/g, ' ')
