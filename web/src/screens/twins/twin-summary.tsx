import type { Person, Twin } from '../../api/twins.js'
import { Details } from '../../components/details.js'
import { Notice } from '../../components/notice.js'
import { Panel } from '../../components/panel.js'
import { ShortId, Time, TwinLink } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { usePlace, withQuery } from '../../routing/location.js'
import { useMay } from '../../session/use-session.js'
import { ERASED } from './fact-words.js'
import { TwinStatusBadge } from './twin-status.js'

/** Whose twin it is, who answers for it, and how much of it is shown. */
export function TwinSummary({ twin }: { twin: Twin }) {
  return (
    <Panel title="What it is" aside={<DetailChoice twin={twin} />}>
      <Details
        items={[
          ['Status', <TwinStatusBadge status={twin.status} />],
          ['Merged into', twin.survivor && <TwinLink twin={twin.survivor} />],
          [
            'Absorbed',
            twin.absorbed.length > 0 && twin.absorbed.map(({ merged }) => <ShortId key={merged} id={merged} />),
          ],
          ['Controller', twin.custody?.controller],
          ['Held by', twin.custody?.owner],
          ['First source', twin.source],
          ['Registered', <Time at={twin.registeredAt} />],
          ['Subject', <SubjectLinks subject={twin.subject} />],
        ]}
      />
      {twin.person ? (
        <PersonDetails person={twin.person} />
      ) : (
        <p className="small quiet">Coded: names, dates of birth, identifiers and free text are left out.</p>
      )}
    </Panel>
  )
}

function SubjectLinks({ subject }: { subject: string }) {
  return (
    <>
      <ShortId id={subject} /> · <Link to={`/audit?subject=${subject}`}>everything recorded about this person</Link>
    </>
  )
}

function DetailChoice({ twin }: { twin: Twin }) {
  const place = usePlace()
  const mayReadIdentity = useMay('twin.read-identity')
  if (!mayReadIdentity) return null
  return twin.detail === 'full' ? (
    <Link to={withQuery(place, { detail: undefined })}>Show coded</Link>
  ) : (
    <Link to={withQuery(place, { detail: 'full' })}>Show who it is (recorded)</Link>
  )
}

function PersonDetails({ person }: { person: Person }) {
  const demographics = person.demographics.at(-1)
  const { name, sex, birthDate, deceased } = demographics?.value ?? {}
  const contact = person.contact.at(-1)
  const gone = demographics?.erased && ERASED
  return (
    <>
      <Notice tone="caution">This shows who it is. That you looked is part of the record.</Notice>
      <Details
        items={[
          ['Name', gone ?? name?.text ?? [...(name?.given ?? []), name?.family].filter(Boolean).join(' ')],
          ['Sex', gone ?? sex],
          ['Born', gone ?? birthDate],
          ['Deceased', gone ?? (deceased === undefined ? '' : String(deceased))],
          [
            'Identifiers',
            person.identifiers.flatMap(({ value, erased }) => (erased ? ERASED : (value?.value ?? []))).join(', '),
          ],
          [
            'Telephone, mail',
            contact?.erased ? ERASED : contact?.value?.telecom?.flatMap(({ value }) => value ?? []).join(', '),
          ],
          [
            'Address',
            contact?.value?.address
              ?.map(({ line = [], postalCode, city }) => [...line, postalCode, city].filter(Boolean).join(', '))
              .join('; '),
          ],
        ]}
      />
    </>
  )
}
