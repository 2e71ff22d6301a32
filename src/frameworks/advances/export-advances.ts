/** The overview as a file. */
import { csvLine } from '../../audit/export/csv.js'
import type { AdvanceView } from './advance-view.js'

export interface AdvanceFile {
  mediaType: string
  fileName: string
  text: string
}

const SEVERAL = '; '

/** One column a field; several values of one are joined by semicolons. */
const COLUMNS: Readonly<Record<string, (view: AdvanceView) => string>> = {
  id: ({ id }) => id,
  title: ({ title }) => title,
  area: ({ area }) => area,
  method: ({ method }) => method,
  citation: ({ source }) => source.citation,
  doi: ({ source }) => source.doi ?? '',
  url: ({ source }) => source.url ?? '',
  published: ({ published }) => published,
  changes: ({ changes }) => changes,
  alternatives: ({ alternatives }) => alternatives.join(SEVERAL),
  models: ({ models }) => models.join(SEVERAL),
  confidence: ({ confidence }) => confidence,
  lastChecked: ({ lastChecked }) => lastChecked,
  status: ({ status }) => status,
  supersededBy: ({ supersededBy }) => supersededBy ?? '',
}

export function advanceFile(views: readonly AdvanceView[], format: 'json' | 'csv'): AdvanceFile {
  if (format === 'json') {
    const text = `${JSON.stringify({ entries: views }, null, 2)}\n`
    return { mediaType: 'application/json', fileName: 'advances.json', text }
  }
  const lines = views.map((view) => csvLine(Object.values(COLUMNS).map((cell) => cell(view))))
  const text = csvLine(Object.keys(COLUMNS)) + lines.join('')
  return { mediaType: 'text/csv; charset=utf-8; header=present', fileName: 'advances.csv', text }
}
