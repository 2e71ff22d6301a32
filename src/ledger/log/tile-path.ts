/** Names of tiles and entry bundles, C2SP tlog-tiles. */
import { InvalidRequest } from '../../platform/errors.js'

/** Hashes in a full tile, entries in a full bundle. */
export const TILE_WIDTH = 256
/** Bytes of a full tile: 256 hashes of 32. */
export const TILE_BYTES = 8192
export const MAX_TILE_LEVEL = 63

/** A tile of hashes at level 0 to 63, or a bundle of entries; `width` 256 is full, 1 to 255 partial. */
export interface TileName {
  level: number | 'entries'
  index: number
  width: number
}

const PATH = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/

function indexPath(index: number): string {
  const groups = [index % 1000]
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) groups.unshift(rest % 1000)
  return groups.map((group, at) => `${at < groups.length - 1 ? 'x' : ''}${String(group).padStart(3, '0')}`).join('/')
}

function malformed(): InvalidRequest {
  return new InvalidRequest(
    'tile-path-malformed',
    'This is not the path of a tile or an entry bundle (C2SP tlog-tiles).',
  )
}

function isName({ level, index, width }: TileName): boolean {
  const levelFits = level === 'entries' || (Number.isInteger(level) && level >= 0 && level <= MAX_TILE_LEVEL)
  return (
    levelFits &&
    Number.isSafeInteger(index) &&
    index >= 0 &&
    Number.isInteger(width) &&
    width >= 1 &&
    width <= TILE_WIDTH
  )
}

/**
 * Path below the log's prefix, without a leading slash: `tile/0/x001/x234/067`, `tile/entries/273.p/112`.
 *
 * @throws InvalidRequest `tile-path-malformed`: level over 63, negative index, or width outside 1 to 256
 */
export function tilePath(level: number | 'entries', index: number, width: number = TILE_WIDTH): string {
  if (!isName({ level, index, width })) throw malformed()
  return `tile/${level}/${indexPath(index)}${width === TILE_WIDTH ? '' : `.p/${width}`}`
}

/**
 * Reads a path that `tilePath` writes, and nothing else: no second spelling of the same tile is accepted.
 *
 * @throws InvalidRequest `tile-path-malformed`
 */
export function parseTilePath(path: string): TileName {
  const match = PATH.exec(path)
  if (!match) throw malformed()
  const [, level = '', groups = '', width] = match
  const name: TileName = {
    level: level === 'entries' ? 'entries' : Number(level),
    index: Number(groups.replaceAll(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  }
  if (!isName(name) || tilePath(name.level, name.index, name.width) !== path) throw malformed()
  return name
}
