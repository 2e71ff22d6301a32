/** Counting what an import did. */
import type { Bundle, BundleEntry, OperationOutcome, OperationOutcomeIssue } from 'fhir/r4.js'

export interface EntryCounts {
  recorded: number
  /** Known already, with the same content. */
  alreadyRecorded: number
  /** New content of a resource known already. */
  superseded: number
  ignored: number
  refused: number
}

/** Why a file, or entries of it, were not taken. `code` is the service's error code. */
export interface ImportRefusal {
  file: string
  code: string
  message: string
  /** How many entries of the file; absent when the whole bundle was refused. */
  entries?: number
}

export interface ImportSummary {
  /** Files found. */
  files: number
  /** Finished by an earlier run and not sent again. */
  skipped: number
  /** Bundles taken by this run. */
  bundles: number
  entries: EntryCounts
  refusals: ImportRefusal[]
}

export function emptySummary(files: number): ImportSummary {
  const entries = { recorded: 0, alreadyRecorded: 0, superseded: 0, ignored: 0, refused: 0 }
  return { files, skipped: 0, bundles: 0, entries, refusals: [] }
}

/** 0 when everything was taken, 1 when something was refused. */
export function exitCode(summary: ImportSummary): 0 | 1 {
  return summary.refusals.length > 0 ? 1 : 0
}

/** Adds the answer to one bundle. */
export function countResponse(summary: ImportSummary, file: string, response: Bundle): void {
  summary.bundles += 1
  const refusals = new Map<string, ImportRefusal>()
  for (const entry of response.entry ?? []) {
    const kind = kindOf(entry)
    summary.entries[kind] += 1
    if (kind !== 'refused') continue
    const { code, message } = reasonOf(entry)
    const known = refusals.get(code)
    refusals.set(code, { file, code, message, entries: (known?.entries ?? 0) + 1 })
  }
  summary.refusals.push(...refusals.values())
}

function kindOf(entry: BundleEntry): keyof EntryCounts {
  const { status = '', location } = entry.response ?? {}
  if (status.startsWith('201')) return 'recorded'
  if (!status.startsWith('200')) return 'refused'
  if (location === undefined) return 'ignored'
  return codesOf(entry).includes('fhir-superseded') ? 'superseded' : 'alreadyRecorded'
}

function reasonOf(entry: BundleEntry): { code: string; message: string } {
  const [issue] = issuesOf(entry)
  return { code: codesOf(entry)[0] ?? 'unknown', message: issue?.diagnostics ?? 'No reason was given.' }
}

function codesOf(entry: BundleEntry): string[] {
  return issuesOf(entry).flatMap((issue) => issue.details?.coding?.[0]?.code ?? [])
}

function issuesOf(entry: BundleEntry): OperationOutcomeIssue[] {
  return (entry.response?.outcome as OperationOutcome | undefined)?.issue ?? []
}
