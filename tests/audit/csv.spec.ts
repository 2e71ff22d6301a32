import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { csvLine } from '../../src/audit/export/csv.js'

describe('a CSV record (RFC 4180)', () => {
  it('quotes what needs quotes and ends with CRLF', () => {
    expect(csvLine(['a', 'b,c', 'say "hi"', 'two\nlines', null, 7, true])).toBe(
      'a,"b,c","say ""hi""","two\nlines",,7,true\r\n',
    )
  })

  it.each(['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '＝1+1'])(
    'makes %j text for a spreadsheet',
    (formula) => {
      const cell = csvLine([formula]).replace(/^"/, '')
      expect(cell.startsWith("'")).toBe(true)
    },
  )

  it('leaves negative numbers numbers', () => {
    expect(csvLine([-5])).toBe('-5\r\n')
  })

  it('reads back as written, but for the apostrophe', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (cells) => {
        const read = parse(csvLine(cells))
        expect(read.map((cell, index) => (cell === `'${cells[index]}` ? cells[index] : cell))).toEqual(cells)
        for (const cell of read) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/)
      }),
    )
  })
})

/** An independent reader of one record. */
function parse(record: string): string[] {
  const cells: string[] = []
  let rest = record.slice(0, -2)
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"/.exec(rest)
    const raw = quoted ? quoted[0] : rest.slice(0, rest.includes(',') ? rest.indexOf(',') : undefined)
    cells.push(quoted ? quoted[1]!.replaceAll('""', '"') : raw)
    rest = rest.slice(raw.length)
    if (!rest.startsWith(',')) return cells
    rest = rest.slice(1)
  }
}
