/** A log in memory, built with the code under test and laid out by path, for tests to serve, store and damage. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { signCheckpoint } from '../../../../src/ledger/log/checkpoint.js'
import { privateKeyFromSeed } from '../../../../src/ledger/log/ed25519.js'
import { encodeEntryBundle } from '../../../../src/ledger/log/entry-bundle.js'
import { leafHash } from '../../../../src/ledger/log/hash.js'
import type { LogSource } from '../../../../src/ledger/log/log-source.js'
import { type NoteSigner, noteSigner } from '../../../../src/ledger/log/note-key.js'
import { resourceLogSource } from '../../../../src/ledger/log/resource-log-source.js'
import { TILE_WIDTH, tilePath } from '../../../../src/ledger/log/tile-path.js'
import { TreeState } from '../../../../src/ledger/log/tree-state.js'

export const ORIGIN = 'log.example.org/twins'
export const signer: NoteSigner = noteSigner(ORIGIN, privateKeyFromSeed(Buffer.alloc(32, 7)))

/** Every resource of a log by its path below the prefix. */
export type Resources = Map<string, Buffer>

export function sampleEntry(index: number): Buffer {
  return Buffer.from(`entry ${index} ${'x'.repeat(index % 7)}`)
}

/** Tree, tiles, bundles and checkpoint of a log with these entries. */
export function buildLog(entries: readonly Buffer[], by: NoteSigner = signer): Resources {
  const resources: Resources = new Map()
  const tree = new TreeState()
  for (const entry of entries) tree.append(leafHash(entry))
  for (const { level, index, hashes } of tree.takeFullTiles()) resources.set(tilePath(level, index), hashes)
  tree.edges().forEach((edge, level) => {
    const index = Math.floor(entries.length / TILE_WIDTH ** (level + 1))
    if (edge.length > 0) resources.set(tilePath(level, index, edge.length / 32), edge)
  })
  for (let first = 0; first < entries.length; first += TILE_WIDTH) {
    const bundle = entries.slice(first, first + TILE_WIDTH)
    resources.set(tilePath('entries', first / TILE_WIDTH, bundle.length), encodeEntryBundle(bundle))
  }
  const checkpoint = signCheckpoint({ origin: by.name, size: tree.size, root: tree.root() }, by)
  return resources.set('checkpoint', Buffer.from(checkpoint))
}

export function sampleEntries(size: number): Buffer[] {
  return Array.from({ length: size }, (_, index) => sampleEntry(index))
}

export function sampleLog(size: number): Resources {
  return buildLog(sampleEntries(size))
}

export function sourceOf(resources: Resources): LogSource {
  return resourceLogSource(async (path) => {
    const bytes = resources.get(path)
    return bytes ? Buffer.from(bytes) : null
  })
}

export function checkpointOf(resources: Resources): string {
  return resources.get('checkpoint')!.toString('utf8')
}

export async function writeLog(folder: string, resources: Resources): Promise<void> {
  for (const [path, bytes] of resources) {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, bytes)
  }
}
