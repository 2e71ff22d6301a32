/** HTML written by hand: every value is escaped, nothing is loaded from anywhere, and a printer needs no more. */

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A text that stands for itself wherever it is put. */
export const escaped = (value: unknown): string => String(value).replace(/[&<>"']/g, (character) => ESCAPES[character]!)

/** A tagged template whose values are escaped; arrays are joined, and what `raw` marked is left as it is. */
export function html(texts: TemplateStringsArray, ...values: readonly unknown[]): Raw {
  const parts = texts.map((text, index) => text + (index < values.length ? written(values[index]) : ''))
  return new Raw(parts.join(''))
}

/** Text that is HTML already. */
export class Raw {
  constructor(readonly text: string) {}
  toString(): string {
    return this.text
  }
}

function written(value: unknown): string {
  if (value instanceof Raw) return value.text
  if (Array.isArray(value)) return value.map(written).join('')
  return value === undefined || value === null || value === false ? '' : escaped(value)
}

const STYLE = `body{font:11pt/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1b2430}
h1{font-size:1.6rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #d8dee6;overflow-wrap:anywhere}
code,pre{font:9pt/1.4 ui-monospace,monospace;overflow-wrap:anywhere;white-space:pre-wrap}@media print{body{margin:0}}`

/** Nothing is run and nothing fetched, wherever the file is opened. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'"

/** The page up to where its content begins, and from where it ends. `style`: beside the common one. */
export const pageHead = (title: string, style = ''): string =>
  [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    `<title>${escaped(title)}</title><style>${STYLE}${style}</style></head><body>`,
  ].join('\n')
export const PAGE_END = '</body></html>\n'

/** Two columns: what, and its value. */
export const facts = (rows: readonly (readonly [string, unknown])[]): Raw =>
  html`<table>
    ${rows.map(
      ([name, value]) =>
        html`<tr>
          <th>${name}</th>
          <td>${value}</td>
        </tr>`,
    )}
  </table>`
