import { useState } from 'react'
import { listKeys, retireKey, rotateKey, type KeyEncryptionKey } from '../../api/keys.js'
import { useResource } from '../../api/use-resource.js'
import { ActionForm } from '../../components/action-form.js'
import { Badge, type Tone } from '../../components/badge.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Loaded } from '../../components/loaded.js'
import { Notice } from '../../components/notice.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { Count, plural, Time } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { useMay } from '../../session/use-session.js'
import { Rewrapping } from './rewrapping.js'

const TONES: Record<KeyEncryptionKey['state'], Tone> = { current: 'good', former: 'caution', retired: 'neutral' }
const STATES: Record<KeyEncryptionKey['state'], string> = {
  current: 'wraps now',
  former: 'opens only',
  retired: 'retired',
}

/** The keys that wrap the keys of persons: rotated, carried over and let go, without a break of service. */
export function KeysScreen() {
  const { resource, reload } = useResource('keys', listKeys)
  const manages = useMay('key.manage')
  return (
    <Page
      title="Keys"
      lead={
        <>
          Every person’s data lie under keys of their own; these keys wrap them. Ids and counts alone are shown: no key
          leaves the service. <Link to="/audit?type=custody.*">What was done with them</Link>
        </>
      }
    >
      <Loaded resource={resource} retry={reload} what="the keys">
        {(keys) => (
          <>
            <Progress keys={keys} />
            <Keys keys={keys} manages={manages} changed={reload} />
            {manages && <Rewrapping keys={keys} changed={reload} />}
            {manages && <Rotation changed={reload} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}

/** How far the keys of persons were carried over to the key that wraps now. */
function Progress({ keys }: { keys: KeyEncryptionKey[] }) {
  const all = keys.reduce((sum, each) => sum + each.keys, 0)
  const carried = keys.find(({ state }) => state === 'current')?.keys ?? 0
  const left = all - carried
  return (
    <Notice tone={left === 0 ? 'good' : 'caution'}>
      <p>
        <Count of={carried} /> of <Count of={all} /> keys of persons are wrapped by the key that wraps now
        {left > 0 && `; ${plural(left, 'key')} still to be carried over`}.
      </p>
      {left > 0 && <progress max={all} value={carried} aria-label="Keys carried over" />}
    </Notice>
  )
}

interface KeysProps {
  keys: KeyEncryptionKey[]
  manages: boolean
  changed: () => void
}

function Keys({ keys, manages, changed }: KeysProps) {
  const columns: Column<KeyEncryptionKey>[] = [
    { title: 'Key', show: ({ id }) => <code>{id}</code> },
    { title: 'State', show: ({ state }) => <Badge tone={TONES[state]}>{STATES[state]}</Badge> },
    { title: 'Wraps', numeric: true, show: (key) => <Count of={key.keys} /> },
    { title: 'In use since', show: ({ firstSeenAt }) => <Time at={firstSeenAt} /> },
    { title: 'Retired', show: ({ retiredAt }) => retiredAt && <Time at={retiredAt} /> },
    ...(manages ? [{ title: 'Next', show: (key: KeyEncryptionKey) => <Retire of={key} changed={changed} /> }] : []),
  ]
  return (
    <Panel title="Key-encryption keys" flush>
      <DataTable caption="Key-encryption keys, oldest first" columns={columns} rows={keys} rowKey={({ id }) => id} />
    </Panel>
  )
}

/** Lets go of a key that wraps nothing any more. */
function Retire({ of: { id, state, keys }, changed }: { of: KeyEncryptionKey; changed: () => void }) {
  const [note, setNote] = useState<string>()
  if (note !== undefined)
    return (
      <>
        <p role="status">{note}</p>
        <button type="button" className="button" onClick={changed}>
          Show it as it stands
        </button>
      </>
    )
  if (state !== 'former' || keys > 0) return null
  const retire = async () => setNote((await retireKey(id)).note)
  return (
    <ActionForm submit="Retire" act={retire}>
      <label className="choice">
        <input type="checkbox" required /> Backups that need it are no longer needed.
      </label>
    </ActionForm>
  )
}

function Rotation({ changed }: { changed: () => void }) {
  const rotate = async () => {
    await rotateKey()
    changed()
  }
  return (
    <Panel title="Rotate">
      <p className="quiet">
        Adds a key that wraps from now on. The earlier one still opens what it wrapped, until that is carried over.
      </p>
      <ActionForm submit="Rotate the key" act={rotate} />
    </Panel>
  )
}
