import { readAuditEntry, type AuditEntryDetail } from '../../api/audit.js'
import { readProof } from '../../api/log.js'
import { useAction } from '../../api/use-action.js'
import { useResource } from '../../api/use-resource.js'
import { Details } from '../../components/details.js'
import { Loaded } from '../../components/loaded.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { Problem } from '../../components/problem.js'
import { saveFile } from '../../components/save-file.js'
import { Actor, ShortId, Time, TwinLink, words } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { useMay } from '../../session/use-session.js'
import { RecordSignatures } from '../signatures/record-signatures.js'
import { EntryValues } from './entry-values.js'
import { Lateness } from './lateness.js'

/** Streams about signing and reading themselves, which nobody signs. */
const NOT_RECORDS = /^(signature|signer|signature-keys|access)-/

/** One entry in full: who, what with old and new value, when, why, from where, and its proof. */
export function AuditEntryPage({ position }: { position: string }) {
  const { resource, reload } = useResource(`entry ${position}`, (signal) => readAuditEntry(position, signal))
  return (
    <Page title={`Entry ${position}`} lead={<Link to="/audit">the audit trail</Link>}>
      <Loaded resource={resource} retry={reload} what="the entry">
        {(entry) => (
          <>
            <p>
              <strong>{entry.sentence}</strong>
            </p>
            <div className="columns">
              <Circumstances entry={entry} />
              <Place entry={entry} />
            </div>
            <EntryValues entry={entry} />
            {entry.stream && entry.revision !== null && !NOT_RECORDS.test(entry.stream) && (
              <RecordSignatures stream={entry.stream} revision={entry.revision} />
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Circumstances({ entry }: { entry: AuditEntryDetail }) {
  const { actor, type, recordedAt, occurrence, reason, purpose, explanation, source, subject, trial, enrolmentCode } =
    entry
  return (
    <Panel title="Who, when and why">
      <Details
        items={[
          ['Who', <Actor actor={actor} />],
          ['What', <code>{type}</code>],
          ['Recorded', <Time at={recordedAt} exact />],
          ['Happened', occurrence && <Lateness of={occurrence} />],
          ['Reason', reason && words(reason)],
          ['Purpose', purpose],
          ['In own words', explanation && <q>{explanation}</q>],
          ['Source', source !== null && sourceText(source)],
          ['Person', subject && <Link to={`/audit?subject=${subject}`}>{subject}</Link>],
          ['Code in the trial', enrolmentCode],
          ['Trial', trial && <Link to={`/trials/${trial}`}>{trial}</Link>],
        ]}
      />
    </Panel>
  )
}

function sourceText(source: unknown): string {
  if (typeof source === 'string') return source
  return Object.values(source as Record<string, unknown>)
    .map(String)
    .join(', ')
}

function Place({ entry }: { entry: AuditEntryDetail }) {
  const { position, id, stream, revision, correlation, causation, keyId } = entry
  const mayReadProofs = useMay('log.read-entries')
  const saving = useAction(async () => saveFile(`event-${position}.tlog-proof`, await readProof(position)))
  return (
    <Panel title="Where it stands">
      <Details
        items={[
          ['Position', position],
          ['Event', <code>{id}</code>],
          ['Stream', stream && <StreamName stream={stream} />],
          ['Revision', revision === null ? 'withheld' : String(revision)],
          [
            'Request',
            <Link to={`/audit?correlation=${correlation}`}>
              all that this request caused <ShortId id={correlation} />
            </Link>,
          ],
          ['Caused by', causation && <ShortId id={causation} />],
          ['Sealed under', keyId && <ShortId id={keyId} />],
        ]}
      />
      {mayReadProofs && (
        <p>
          <button type="button" className="button" disabled={saving.busy} onClick={() => saving.run()}>
            Download the proof (.tlog-proof)
          </button>
        </p>
      )}
      {saving.problem && <Problem problem={saving.problem} />}
    </Panel>
  )
}

function StreamName({ stream }: { stream: string }) {
  if (!stream.startsWith('twin-')) return <code>{stream}</code>
  return (
    <>
      twin <TwinLink twin={stream.slice('twin-'.length)} />
    </>
  )
}
