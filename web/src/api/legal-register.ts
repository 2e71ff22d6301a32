import type { Check, LegalEntry, LegalText, Retirement } from '../../../src/frameworks/register/events.js'
import type { DueReason, Standing } from '../../../src/frameworks/register/vocabulary.js'
import { change, read } from './http.js'

export type { Check, LegalText, Retirement } from '../../../src/frameworks/register/events.js'
export type { DueReason, Standing } from '../../../src/frameworks/register/vocabulary.js'

/** One entry of the register as it stands, or as of a time. */
export interface RegisterEntry {
  id: string
  /** `baseline`: as it came with the software; in force, and approved by nobody here. */
  standing: Standing
  /** As in force, or as it was when it was retired; null for what never was. */
  entry: LegalEntry | null
  /** What was last proposed of an entry that never was in force. */
  draft: LegalText | null
  /** What waits for somebody else. */
  proposal:
    | { change: 'entry'; text: LegalText; proposer: string }
    | { change: 'retirement'; retirement: Retirement; proposer: string }
    | null
  lastCheck: Check | null
  retirement: Retirement | null
  /** What this version was built to do about it. */
  requirements: { id: string; statement: string; status: 'built' | 'planned' }[]
  revision: number
}

export interface DueEntry {
  id: string
  instrument: string
  reasons: DueReason[]
  lastChecked: string | null
  inForce: string | null
  appliesFrom: string[]
}

const ROOT = '/api/v1/frameworks'
const of = (id: string): string => `${ROOT}/${encodeURIComponent(id)}`

/** The whole register, by id. @param asOf RFC 3339; default now */
export const listEntries = (
  filter: { asOf?: string; waiting?: true; jurisdiction?: string; touches?: string },
  signal?: AbortSignal,
) => read<RegisterEntry[]>(ROOT, filter, signal)

/** Entries in force that somebody has to look at. */
export const listDue = (asOf: string | undefined, signal?: AbortSignal) =>
  read<DueEntry[]>(`${ROOT}/due`, { asOf }, signal)

export const readEntry = (id: string, asOf: string | undefined, signal?: AbortSignal) =>
  read<RegisterEntry>(of(id), { asOf }, signal)

/** @param revision of the entry as it was read; undefined for a new one */
export const proposeEntry = (text: LegalText, revision: number | undefined) =>
  change<{ id: string }>(ROOT, text, { revision })

/** Takes over the entries that come along with the software. */
export const adoptBaseline = () => change<{ adopted: string[]; differing: string[] }>(`${ROOT}/baseline`, {})

export const proposeRetirement = (id: string, retirement: Retirement, revision: number) =>
  change(`${of(id)}/retirement`, retirement, { revision })

export const judgeProposal = (
  id: string,
  judgement: { outcome: 'approved' | 'rejected'; checkedOn?: string; remark: string },
  revision: number,
) => change(`${of(id)}/judgement`, judgement, { revision })

export const checkEntry = (id: string, check: Check, revision: number) =>
  change(`${of(id)}/checks`, check, { revision })
