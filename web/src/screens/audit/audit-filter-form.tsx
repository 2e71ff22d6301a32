import type { FormEvent } from 'react'
import { PURPOSES } from '../../../../src/consents/codes.js'
import { ROLES } from '../../../../src/identity/roles.js'
import { AUDIT_FILTERS, listEventTypes, type AuditFilter, type AuditFilterName } from '../../api/audit.js'
import { useResource } from '../../api/use-resource.js'
import { Field, SelectField } from '../../components/field.js'
import { localTime, moment } from '../../components/moments.js'
import { Link } from '../../routing/link.js'
import { go, usePlace, withQuery } from '../../routing/location.js'

/** Filters by who, what, when, why, whom and which trial. All that are given must match. */
export function AuditFilterForm({ filter }: { filter: AuditFilter }) {
  const place = usePlace()
  const search = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const asked = Object.fromEntries(
      [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value).trim()]),
    )
    const times = { from: moment(asked.from), to: moment(asked.to) }
    go(withQuery(place, { ...asked, ...times, cursor: undefined }))
  }
  const nothing = Object.fromEntries([...AUDIT_FILTERS, 'cursor'].map((name) => [name, undefined]))
  return (
    <form className="form" onSubmit={search} role="search" aria-label="Search the audit trail">
      <TypeField chosen={filter.type} />
      <SelectField label="Role of who did it" name="role" value={filter.role ?? ''} options={ROLE_OPTIONS} />
      <Text label="Who (actor id)" name="actor" filter={filter} />
      <Text label="Person (subject id)" name="subject" filter={filter} />
      <Text label="Trial (id)" name="trial" filter={filter} />
      <Text label="Code in the trial" name="enrolmentCode" filter={filter} />
      <Text label="Record (stream)" name="stream" filter={filter} />
      <Text label="Reason (code)" name="reason" filter={filter} />
      <SelectField label="Purpose" name="purpose" value={filter.purpose ?? ''} options={PURPOSE_OPTIONS} />
      <When label="Recorded from" name="from" at={filter.from} />
      <When label="Recorded before" name="to" at={filter.to} />
      <Text label="Request (correlation id)" name="correlation" filter={filter} />
      <Text label="Cause (event id)" name="causation" filter={filter} />
      <Text label="As it was at position" name="asOfPosition" filter={filter} />
      <div className="actions">
        <button className="button primary">Search</button>
        <Link className="button" to={withQuery(place, nothing)}>
          Clear
        </Link>
      </div>
    </form>
  )
}

const ROLE_OPTIONS = [['', 'Any'], ...ROLES.map((role) => [role, role] as const)] as const
const PURPOSE_OPTIONS = [
  ['', 'Any'],
  ...Object.entries(PURPOSES).map(([code, title]) => [code, `${title} (${code})`] as const),
] as const

function Text({ label, name, filter }: { label: string; name: AuditFilterName; filter: AuditFilter }) {
  return (
    <Field label={label}>
      {(attributes) => (
        <input name={name} defaultValue={filter[name] ?? ''} autoComplete="off" spellCheck={false} {...attributes} />
      )}
    </Field>
  )
}

function When({ label, name, at }: { label: string; name: string; at: string | undefined }) {
  return (
    <Field label={label}>
      {(attributes) => <input type="datetime-local" name={name} defaultValue={localTime(at)} {...attributes} />}
    </Field>
  )
}

/** Event types that the log can hold; a group such as `twin.*` stands for all of its kind. */
function TypeField({ chosen = '' }: { chosen: string | undefined }) {
  const { resource } = useResource('event types', listEventTypes)
  const types = resource.state === 'ready' ? resource.data.map(({ type }) => type) : []
  const groups = [...new Set(types.map((type) => `${type.split('.')[0]}.*`))]
  const known = [...groups, ...types]
  const options = chosen === '' || known.includes(chosen) ? known : [chosen, ...known]
  return (
    <SelectField
      key={options.length}
      label="What (event type)"
      name="type"
      value={chosen}
      options={[['', 'Any'], ...options.map((type) => [type, type] as const)]}
    />
  )
}
