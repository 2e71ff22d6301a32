import { readConsents, type Consent } from '../../api/consents.js'
import { useResource } from '../../api/use-resource.js'
import { Badge } from '../../components/badge.js'
import { Details } from '../../components/details.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Panel } from '../../components/panel.js'
import { Time, words } from '../../components/values.js'
import { useMay } from '../../session/use-session.js'
import { PublishedText } from '../notices/shown-text.js'
import { STATUS_TONES, scopeWords } from './consent-words.js'
import { Decision } from './decision.js'
import { Receipt } from './receipt.js'

/** What a person agreed to, refused, and took back. */
export function ConsentsOf({ subject }: { subject: string }) {
  const { resource, reload } = useResource(`consents ${subject}`, (signal) => readConsents(subject, signal))
  return (
    <Loaded resource={resource} retry={reload} what="the consents">
      {({ consents }) =>
        consents.length === 0 ? (
          <Empty>No consent was ever asked for or given. Any use of this twin is refused.</Empty>
        ) : (
          <div className="columns">
            {consents.map((consent) => (
              <ConsentPanel key={consent.consent} subject={subject} consent={consent} changed={reload} />
            ))}
          </div>
        )
      }
    </Loaded>
  )
}

interface Props {
  subject: string
  consent: Consent
  changed: () => void
}

function ConsentPanel({ subject, consent, changed }: Props) {
  const { status, scope, notice, method, by, requestedAt, givenAt, expiresAt, endedAt } = consent
  const mayDecide = useMay('consent.decide')
  const takesReceipt = useMay('consent.read-receipt')
  return (
    <Panel
      title={`Notice ${notice.id}, version ${notice.version}`}
      aside={<Badge tone={STATUS_TONES[status]}>{status}</Badge>}
    >
      <Details
        items={[
          ...scopeWords(scope),
          ['Language', notice.language],
          ['Expressed', method && `${words(method)}, by ${by === 'subject' ? 'the person' : words(by ?? 'unknown')}`],
          ['Asked for', requestedAt && <Time at={requestedAt} />],
          ['Given', givenAt && <Time at={givenAt} />],
          ['Expires', expiresAt && <Time at={expiresAt} />],
          ['Ended', endedAt && <Time at={endedAt} />],
        ]}
      />
      {notice.sha256 !== null && (
        <details open={status === 'requested'}>
          <summary>The notice, word for word</summary>
          <PublishedText name={{ notice: notice.id, version: notice.version, language: notice.language }} />
        </details>
      )}
      {takesReceipt && <Receipt subject={subject} consent={consent.consent} />}
      {mayDecide && <Decision subject={subject} consent={consent} decided={changed} />}
    </Panel>
  )
}
