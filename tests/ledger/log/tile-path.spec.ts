import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { hashesAtLevel, levelCount, partialWidth, tileWidth } from '../../../src/ledger/log/tile-geometry.js'
import { parseTilePath, tilePath } from '../../../src/ledger/log/tile-path.js'

describe('tile paths', () => {
  it.each([
    ['tile/0/x001/x234/067', { level: 0, index: 1_234_067, width: 256 }],
    ['tile/0/000', { level: 0, index: 0, width: 256 }],
    ['tile/63/999', { level: 63, index: 999, width: 256 }],
    ['tile/1/x001/000.p/17', { level: 1, index: 1000, width: 17 }],
    ['tile/entries/273.p/112', { level: 'entries', index: 273, width: 112 }],
    ['tile/entries/x390/624', { level: 'entries', index: 390_624, width: 256 }],
  ] as const)('%s', (path, name) => {
    expect(parseTilePath(path)).toEqual(name)
    expect(tilePath(name.level, name.index, name.width)).toBe(path)
  })

  it.each([
    ['leading zero in the level', 'tile/00/000'],
    ['level over 63', 'tile/64/000'],
    ['negative level', 'tile/-1/000'],
    ['no level', 'tile//000'],
    ['width 0', 'tile/0/000.p/0'],
    ['width 256', 'tile/0/000.p/256'],
    ['leading zero in the width', 'tile/0/000.p/01'],
    ['no width', 'tile/0/000.p/'],
    ['short group', 'tile/0/67'],
    ['long group', 'tile/0/0067'],
    ['group without x', 'tile/0/001/067'],
    ['x on the last group', 'tile/0/x067'],
    ['superfluous group', 'tile/0/x000/067'],
    ['index beyond 2^53', 'tile/0/x999/x999/x999/x999/x999/999'],
    ['upper case', 'tile/0/X001/067'],
    ['leading slash', '/tile/0/000'],
    ['trailing slash', 'tile/0/000/'],
    ['trailing newline', 'tile/0/000\n'],
    ['traversal', 'tile/0/../checkpoint'],
    ['other kind', 'tile/data/000'],
    ['non-ASCII digits', 'tile/0/٠٠٠'],
    ['nothing', ''],
  ])('refuses %s', (_, path) => {
    expect(() => parseTilePath(path)).toThrow(expect.objectContaining({ code: 'tile-path-malformed' }))
  })

  it.each([
    [64, 0, 256],
    [-1, 0, 256],
    [0, -1, 256],
    [0, 1.5, 256],
    [0, 0, 0],
    [0, 0, 257],
  ])('refuses to name tile %i/%d of width %i', (level, index, width) => {
    expect(() => tilePath(level, index, width)).toThrow(expect.objectContaining({ code: 'tile-path-malformed' }))
  })

  it('are read back as they were written', () => {
    const level = fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const))
    fc.assert(
      fc.property(level, fc.maxSafeNat(), fc.integer({ min: 1, max: 256 }), (l, index, width) => {
        expect(parseTilePath(tilePath(l, index, width))).toEqual({ level: l, index, width })
      }),
    )
  })
})

describe('tiles of a tree', () => {
  it('of 70,000 leaves are those of the example in the standard', () => {
    expect([0, 1, 2, 3].map((level) => hashesAtLevel(70_000, level))).toEqual([70_000, 273, 1, 0])
    expect([0, 1, 2].map((level) => partialWidth(70_000, level))).toEqual([112, 17, 1])
    expect(levelCount(70_000)).toBe(3)
    expect([0, 272, 273, 274].map((index) => tileWidth(70_000, 0, index))).toEqual([256, 256, 112, 0])
    expect([0, 1, 2].map((index) => tileWidth(70_000, 1, index))).toEqual([256, 17, 0])
  })

  it('never are empty', () => {
    expect(tileWidth(0, 0, 0)).toBe(0)
    expect(tileWidth(256, 0, 1)).toBe(0)
    expect([levelCount(0), levelCount(1), levelCount(256), levelCount(65_536)]).toEqual([0, 1, 2, 3])
  })

  it('are counted up to the largest size', () => {
    expect(levelCount(Number.MAX_SAFE_INTEGER)).toBe(7)
    expect(partialWidth(Number.MAX_SAFE_INTEGER, 6)).toBe(31)
  })
})
