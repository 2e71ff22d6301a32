import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { IntegrityError } from '../../../src/platform/errors.js'
import { leafHash, subtreeRoot } from '../../../src/ledger/log/hash.js'
import { type FullTile, TreeState } from '../../../src/ledger/log/tree-state.js'
import { CT_LEAVES, CT_ROOTS } from './support/ct-vectors.js'
import { referenceLeaf, referenceRoot } from './support/reference-tree.js'

const EDGE_SIZES = [0, 1, 255, 256, 257, 65_536, 65_537, 70_000]
const allLeaves = Array.from({ length: 70_000 }, (_, index) => referenceLeaf(Buffer.from(String(index))))

function grown(size: number): TreeState {
  const tree = new TreeState()
  tree.append(Buffer.concat(allLeaves.slice(0, size)))
  return tree
}

function tileNames(tiles: FullTile[], level: number): number[] {
  return tiles.filter((tile) => tile.level === level).map((tile) => tile.index)
}

function digestsOf(tiles: FullTile[]): string[] {
  return tiles.map(({ level, index, hashes, root }) =>
    [level, index, subtreeRoot(hashes).toString('hex'), root.toString('hex')].join(' '),
  )
}

describe('the tree as it grows', () => {
  it('has the reference roots of Certificate Transparency', () => {
    const tree = new TreeState()
    const roots = CT_LEAVES.map((leaf) => {
      tree.append(leafHash(leaf))
      return tree.root().toString('hex')
    })
    expect(roots).toEqual(CT_ROOTS)
  })

  it.each(EDGE_SIZES)('has the root that the definition gives at size %i', (size) => {
    const tree = grown(size)
    expect(tree.size).toBe(size)
    expect(tree.root()).toEqual(referenceRoot(allLeaves.slice(0, size)))
  })

  it('has the root that the definition gives at any size, however the leaves arrive', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 6 }), (batches) => {
        const tree = new TreeState()
        for (const batch of batches) tree.append(Buffer.concat(allLeaves.slice(tree.size, tree.size + batch)))
        expect(tree.root()).toEqual(referenceRoot(allLeaves.slice(0, tree.size)))
      }),
      { numRuns: 60 },
    )
  })
})

describe('tiles', () => {
  it('are finished as the standard counts them at size 70,000', () => {
    const tree = grown(70_000)
    const tiles = tree.takeFullTiles()
    expect(tileNames(tiles, 0)).toEqual(Array.from({ length: 273 }, (_, index) => index))
    expect(tileNames(tiles, 1)).toEqual([0])
    expect(tiles).toHaveLength(274)
    expect(tree.edges().map((edge) => edge.length / 32)).toEqual([112, 17, 1])
  })

  it('of size 256 are one full tile and one hash above it', () => {
    const tree = grown(256)
    expect(tree.takeFullTiles()).toMatchObject([{ level: 0, index: 0 }])
    expect(tree.edges().map((edge) => edge.length / 32)).toEqual([0, 1])
  })

  it('hold the leaf hashes, and above them the roots of full tiles', () => {
    const tree = grown(70_000)
    const tiles = tree.takeFullTiles()
    const leafTiles = tiles.filter(({ level }) => level === 0).map(({ hashes }) => hashes)
    expect(Buffer.concat([...leafTiles, tree.edge(0)]).equals(Buffer.concat(allLeaves))).toBe(true)
    const above = tiles.find(({ level }) => level === 1)!.hashes
    expect(Buffer.concat([above, tree.edge(1)]).equals(Buffer.concat(leafTiles.map(subtreeRoot)))).toBe(true)
    expect(tree.edge(2)).toEqual(subtreeRoot(above))
    for (const { hashes, root } of tiles) expect(root).toEqual(subtreeRoot(hashes))
  })

  it('are handed over once', () => {
    const tree = grown(512)
    expect(tree.takeFullTiles()).toHaveLength(2)
    expect(tree.takeFullTiles()).toEqual([])
  })
})

describe('a fork', () => {
  it('grows on its own and can be thrown away', () => {
    const tree = grown(1_000)
    const before = tree.root()
    const fork = tree.fork()
    fork.append(Buffer.concat(allLeaves.slice(1_000, 2_000)))
    expect(fork.root()).toEqual(referenceRoot(allLeaves.slice(0, 2_000)))
    expect(tree.root()).toEqual(before)
    tree.append(Buffer.concat(allLeaves.slice(5_000, 6_000)))
    expect(tree.root()).toEqual(referenceRoot([...allLeaves.slice(0, 1_000), ...allLeaves.slice(5_000, 6_000)]))
    expect(fork.edge(0).equals(Buffer.concat(allLeaves.slice(1_792, 2_000)))).toBe(true)
  })

  it('may be one of several, in a row or side by side, of which any may fail', () => {
    const extra = Array.from({ length: 3 }, (_, fork) => referenceLeaf(Buffer.from(`fork ${fork}`)))
    fc.assert(
      fc.property(
        fc.nat(600),
        fc.array(fc.tuple(fc.nat(4), fc.nat(300), fc.nat(2)), { maxLength: 8 }),
        (start, steps) => {
          const states = [{ tree: grown(start), leaves: allLeaves.slice(0, start) }]
          for (const [from, count, filler] of steps) {
            const parent = states[from % states.length]!
            const added = Array<Buffer>(count).fill(extra[filler]!)
            const tree = parent.tree.fork()
            tree.append(Buffer.concat(added))
            states.push({ tree, leaves: [...parent.leaves, ...added] })
          }
          for (const { tree, leaves } of states) {
            tree.append(leaves[0] ?? extra[0]!)
            const all = [...leaves, leaves[0] ?? extra[0]!]
            expect(tree.root()).toEqual(referenceRoot(all))
            expect(tree.edge(0).equals(Buffer.concat(all.slice(all.length - (all.length % 256))))).toBe(true)
            expect(TreeState.restore(tree.frontier(), tree.edges()).root()).toEqual(tree.root())
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('leaves the finished tiles with the tree it came from', () => {
    const tree = grown(300)
    expect(tree.fork().takeFullTiles()).toEqual([])
    expect(tree.takeFullTiles()).toHaveLength(1)
  })
})

describe('restoring', () => {
  it.each(EDGE_SIZES)('from frontier and edges continues at size %i as if nothing had happened', (size) => {
    const tree = grown(size)
    const restored = TreeState.restore(tree.frontier(), tree.edges())
    tree.takeFullTiles()
    expect(restored.root()).toEqual(tree.root())
    for (const state of [tree, restored]) state.append(Buffer.concat(allLeaves.slice(0, 300)))
    expect(restored.root()).toEqual(tree.root())
    expect(digestsOf(restored.takeFullTiles())).toEqual(digestsOf(tree.takeFullTiles()))
    expect(restored.frontier()).toEqual(tree.frontier())
  })

  it('refuses edges that contradict the frontier, wherever a bit differs', () => {
    const tree = grown(70_000)
    fc.assert(
      fc.property(fc.nat(2), fc.nat(), fc.nat(7), (level, byte, bit) => {
        const edges = tree.edges()
        edges[level]![byte % edges[level]!.length]! ^= 1 << bit
        expect(() => TreeState.restore(tree.frontier(), edges)).toThrow(IntegrityError)
      }),
    )
  })

  it('refuses a frontier that is truncated, extended or of another size', () => {
    const tree = grown(70_000)
    const frontier = tree.frontier()
    const resized = Buffer.from(frontier)
    resized.writeBigUInt64BE(70_001n)
    for (const wrong of [frontier.subarray(0, -1), Buffer.concat([frontier, frontier]), resized, Buffer.alloc(3)]) {
      expect(() => TreeState.restore(wrong, tree.edges())).toThrow(
        expect.objectContaining({ code: 'tree-edge-mismatch' }),
      )
    }
  })

  it('refuses edges of the wrong width', () => {
    expect(() => TreeState.fromEdges(257, [Buffer.alloc(64), Buffer.alloc(32)])).toThrow(
      expect.objectContaining({ code: 'tree-edge-mismatch', details: { level: 0 } }),
    )
  })
})

describe('whole tiles', () => {
  it('whose roots were computed elsewhere lead to the same tree and the same tiles', () => {
    const [byLeaf, byTile] = [new TreeState(), new TreeState()]
    for (let first = 0; first < 70_000 - 256; first += 256) {
      const hashes = Buffer.concat(allLeaves.slice(first, first + 256))
      byLeaf.append(hashes)
      byTile.appendFullTile(hashes, subtreeRoot(hashes))
    }
    expect(byTile.frontier()).toEqual(byLeaf.frontier())
    expect(digestsOf(byTile.takeFullTiles())).toEqual(digestsOf(byLeaf.takeFullTiles()))
    expect(byTile.edges()).toEqual(byLeaf.edges())
  })

  it('are not added in the middle of another', () => {
    expect(() => grown(255).appendFullTile(Buffer.alloc(8_192), Buffer.alloc(32))).toThrow(RangeError)
  })
})
