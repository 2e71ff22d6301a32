import { readServedLog } from '../../api/log.js'
import { useResource } from '../../api/use-resource.js'
import { Loaded } from '../../components/loaded.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { useMay } from '../../session/use-session.js'
import { CheckpointDetails } from './checkpoint-details.js'
import { KeyPin } from './key-pin.js'
import { ProofDownload } from './proof-download.js'
import { VerifyHere } from './verify-here.js'

export function LogScreen() {
  const { resource, reload } = useResource('log', readServedLog)
  const mayReadProofs = useMay('log.read-entries')
  return (
    <Page
      title="Log and proofs"
      lead="Every event is a leaf of one tree. The signed checkpoint fixes all of them: nothing can be changed, dropped or slipped in without the check below failing."
      actions={
        <button type="button" className="button" onClick={reload}>
          Fetch the newest checkpoint
        </button>
      }
    >
      <Loaded resource={resource} retry={reload} what="the checkpoint">
        {(served) => (
          <>
            <div className="columns">
              <CheckpointDetails note={served.note} />
              <KeyPin key={served.note} served={served} />
            </div>
            <VerifyHere key={served.note} served={served} />
          </>
        )}
      </Loaded>
      {mayReadProofs && <ProofDownload />}
      <WithoutThisConsole />
    </Page>
  )
}

function WithoutThisConsole() {
  return (
    <Panel title="Without this console">
      <p>
        This page was served by the same service that it checks, so it convinces only so far. The formats are public
        (C2SP tlog-tiles, tlog-checkpoint, signed-note; RFC 6962), and tools of others read them. From a checkout of the
        project:
      </p>
      <pre tabIndex={0} aria-label="Command">
        <code>npm run -s cli -- log verify {location.origin}/log --vkey “the key you were given”</code>
      </pre>
    </Panel>
  )
}
