/** The one row that orders all appends: made when the log begins, checked when it is opened, read by whoever asks. */
import type { Pool } from 'pg'
import { ConfigurationError } from '../../platform/errors.js'
import type { LogHead } from '../event-store.js'
import { openCheckpoint, signCheckpoint } from '../log/checkpoint.js'
import { noteVerifier, type NoteSigner } from '../log/note-key.js'
import { TreeState } from '../log/tree-state.js'
import { loadHead, type HeadState } from './tree-loader.js'

/**
 * The head, made if there is none.
 *
 * @throws ConfigurationError the database holds a log that was signed under another name or key
 * @throws IntegrityError `log-head-inconsistent`
 */
export async function openHead(pool: Pool, signer: NoteSigner): Promise<HeadState> {
  const empty = new TreeState()
  const first = signCheckpoint({ origin: signer.name, size: 0, root: empty.root() }, signer)
  await pool.query(
    'insert into ledger.head (size, frontier, checkpoint, recorded_ms) values (0, $1, $2, 0) on conflict do nothing',
    [empty.frontier(), first],
  )
  const head = (await loadHead(pool))!
  if (!covers(head, signer))
    throw new ConfigurationError(
      'The database holds a log under another name or key: LOG_ORIGIN and LOG_SIGNING_KEY_FILE must be those it was started with.',
    )
  return head
}

/** True when the head's checkpoint is signed by this key and states the tree that the events make. */
function covers({ checkpoint, tree }: HeadState, signer: NoteSigner): boolean {
  try {
    const { size, root } = openCheckpoint(checkpoint, [noteVerifier(signer.vkey)])
    return size === tree.size && root.equals(tree.root())
  } catch {
    return false
  }
}

export async function logHead(pool: Pool): Promise<LogHead> {
  const { rows } = await pool.query<{ size: string; recorded_ms: string; checkpoint: string }>(
    'select size, recorded_ms, checkpoint from ledger.head',
  )
  const { size, recorded_ms, checkpoint } = rows[0]!
  return {
    size: Number(size),
    recordedAt: Number(size) === 0 ? null : new Date(Number(recorded_ms)).toISOString(),
    checkpoint,
  }
}
