import { Details } from '../../components/details.js'
import { Panel } from '../../components/panel.js'
import { Count } from '../../components/values.js'
import { toBase64, toHex } from '../../log/bytes.js'
import { parseCheckpoint } from '../../log/checkpoint.js'

/** What the checkpoint says, taken apart; and as it was served. */
export function CheckpointDetails({ note }: { note: string }) {
  const { origin, size, root, signatures } = parseCheckpoint(note)
  return (
    <Panel title="Checkpoint">
      <Details
        items={[
          ['Log', <code>{origin}</code>],
          ['Events', <Count of={size} />],
          ['Root', <code>{toBase64(root)}</code>],
          [
            'Signed by',
            signatures.map(({ name, keyId }) => (
              <div key={toHex(keyId)}>
                <code>{name}</code> with key <code>{toHex(keyId)}</code>
              </div>
            )),
          ],
        ]}
      />
      <details>
        <summary>As it was served</summary>
        <pre tabIndex={0} aria-label="Checkpoint as served">
          {note}
        </pre>
      </details>
    </Panel>
  )
}
