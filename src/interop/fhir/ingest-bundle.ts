/** The use case: a bundle comes in, twins grow, and every entry gets its answer. */
import type { Bundle } from 'fhir/r4.js'
import type { Caller } from '../../identity/caller.js'
import type { CommandContext } from '../../journal/command-context.js'
import { TwinLedgerError, Unprocessable } from '../../platform/errors.js'
import type { PatientRecord } from '../../twins/commands/ingest-patient-record.js'
import type { Custody } from '../../twins/events.js'
import { BundleRefused } from './bundle-refused.js'
import { bundleResponse, type RecordOutcome } from './bundle-response.js'
import { checkBundle } from './bundle.js'
import type { Issue, Refusal } from './issue.js'
import { refuseHostileJson, type FhirLimits } from './json-guard.js'
import type { KeyedDigest } from './mapping/evidence.js'
import type { PatientRecorder } from './patient-recorder.js'
import { planIngestion, type EntryPlan } from './plan-ingestion.js'
import { statedSource } from './source-system.js'
import { validateEntries } from './validate-entries.js'

export interface IngestBundleOptions {
  limits: FhirLimits
  /** Source of requests that name none. */
  defaultSource: string
  digest: KeyedDigest
  /** Of these source systems, those whose data is not taken (21 CFR 11.10(h)). */
  sourcesNotTaken: (names: readonly string[]) => Promise<readonly string[]>
}

/** Where a bundle comes from, as far as it does not say so itself. */
export interface Origin {
  /** Source system, where neither Patient nor Bundle names it in `meta.source`. */
  source?: string
  /** Who answers for persons that are new; default the caller's organisation. */
  custody?: Custody
  /** Who sends it, where that decides which twins may be added to. */
  caller?: Caller
}

export interface IngestedBundle {
  response: Bundle
  /** Log position of the last event recorded for the bundle; absent when nothing was. */
  position?: number
}

/**
 * Records bundles. Sending a bundle again records nothing twice: facts are known by the sender's id and their content.
 *
 * One patient's share of a bundle is recorded whole or not at all. A transaction with a refused entry records nothing. Where
 * a transaction holds several patients and the domain refuses a later one (a twin withdrawn from use, say), the
 * earlier ones stay recorded: separate persons are separate streams.
 */
export class IngestBundle {
  constructor(
    private readonly recorder: PatientRecorder,
    private readonly options: IngestBundleOptions,
  ) {}

  /**
   * @param document parsed JSON, not yet trusted
   * @returns a transaction-response or batch-response, and the position of the last event that it reflects
   * @throws InvalidRequest, Unprocessable those of `refuseHostileJson`, `checkBundle` and `statedSource`
   * @throws Unprocessable `fhir-source-unknown` a transaction with data of a source that is not registered, or was revoked
   * @throws BundleRefused a transaction with an invalid entry
   * @throws TwinLedgerError what recording throws: in a transaction always, in a batch only when trying again may help
   */
  async execute(
    context: CommandContext,
    document: unknown,
    { source, custody, caller }: Origin = {},
  ): Promise<IngestedBundle> {
    const { limits, defaultSource, digest } = this.options
    refuseHostileJson(document, limits)
    const bundle = checkBundle(document, limits)
    const fallback = statedSource(bundle.source, source) ?? defaultSource
    const plan = planIngestion(bundle, { source: fallback, digest, invalid: await validateEntries(bundle) })
    if (bundle.type === 'transaction') refuseWhole(plan.entries)
    const notTaken = await this.options.sourcesNotTaken([...new Set(plan.records.map((record) => record.source))])
    if (bundle.type === 'transaction' && notTaken.length > 0) throw sourceUnknown()
    const outcomes: RecordOutcome[] = []
    for (const planned of plan.records) {
      if (notTaken.includes(planned.source)) {
        outcomes.push({ refusal: asRefusal(sourceUnknown())! })
        continue
      }
      outcomes.push(await this.record(context, { ...planned, custody }, bundle.type, caller))
    }
    const positions = outcomes.map((outcome) => ('refusal' in outcome ? -1 : (outcome.position ?? -1)))
    const position = Math.max(-1, ...positions)
    return { response: bundleResponse(bundle.type, plan, outcomes), ...(position >= 0 && { position }) }
  }

  private async record(
    context: CommandContext,
    record: PatientRecord,
    type: 'transaction' | 'batch',
    caller: Caller | undefined,
  ): Promise<RecordOutcome> {
    try {
      return await this.recorder.record(context, record, caller)
    } catch (error) {
      const refused = type === 'batch' && error instanceof TwinLedgerError ? asRefusal(error) : undefined
      if (!refused) throw error
      return { refusal: refused }
    }
  }
}

function sourceUnknown(): Unprocessable {
  return new Unprocessable('fhir-source-unknown', 'The source system is not registered, or was revoked.')
}

const MOST_ISSUES = 100

/** @throws BundleRefused when any entry is refused */
function refuseWhole(entries: readonly EntryPlan[]): void {
  const issues = entries.flatMap((entry, index) =>
    entry.as === 'refused' ? entry.refusal.issues.map((issue) => inBundle(issue, index)) : [],
  )
  if (issues.length > 0) throw new BundleRefused(issues.slice(0, MOST_ISSUES))
}

function inBundle(issue: Issue, index: number): Issue {
  const entry = `Bundle.entry[${index}]`
  if (issue.expression === undefined) return { ...issue, expression: entry }
  // Paths of validators start at the resource's type, paths of the entry at one of its elements.
  const inResource = /^[A-Z]/.test(issue.expression)
  const path = inResource ? issue.expression.replace(/^[A-Za-z]+/, 'resource') : issue.expression
  return { ...issue, expression: `${entry}.${path}` }
}

const CARRIED: readonly number[] = [400, 404, 409, 412, 422] satisfies Refusal['status'][]

function asRefusal(error: TwinLedgerError): Refusal | undefined {
  if (!CARRIED.includes(error.status)) return undefined
  const issue: Issue = { severity: 'error', code: 'business-rule', detail: error.code, diagnostics: error.message }
  return { status: error.status as Refusal['status'], issues: [issue] }
}
