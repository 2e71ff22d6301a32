/** add-checkpoint requests for the logs of `sample-log.ts`, and a second history under the same origin and key. */
import { encodeAddCheckpoint } from '../../../../src/ledger/log/add-checkpoint.js'
import { parseCheckpoint } from '../../../../src/ledger/log/checkpoint.js'
import { consistencyProof } from '../../../../src/ledger/log/prove.js'
import { tileHashReader } from '../../../../src/ledger/log/tile-hash-reader.js'
import { buildLog, checkpointOf, type Resources, sampleEntries, sourceOf } from '../../log/support/sample-log.js'

/** A log of `size` entries whose first is another than that of `sampleLog`. */
export function forkedLog(size: number): Resources {
  return buildLog(sampleEntries(size).with(0, Buffer.from('rewritten')))
}

export async function proofBetween(log: Resources, oldSize: number): Promise<Buffer[]> {
  const { size } = parseCheckpoint(checkpointOf(log))
  const source = sourceOf(log)
  return consistencyProof(
    oldSize,
    size,
    tileHashReader(size, (...tile) => source.tile(...tile)),
  )
}

/** What an honest log sends whose witness cosigned `oldSize` last. */
export async function requestFor(log: Resources, oldSize: number): Promise<string> {
  return encodeAddCheckpoint({ oldSize, proof: await proofBetween(log, oldSize), checkpoint: checkpointOf(log) })
}
