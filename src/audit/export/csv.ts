/** Comma-separated values as RFC 4180 has them, safe to open in a spreadsheet. */

/** Spreadsheets take a cell that begins so for a formula and may run it (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/
const NEEDS_QUOTES = /[",\r\n]/

export type Cell = string | number | boolean | null

/** One record with its line end. Text that a spreadsheet could run is preceded by an apostrophe; numbers are left alone. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(written).join(',')}\r\n`
}

function written(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  const harmless = FORMULA.test(cell) ? `'${cell}` : cell
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
