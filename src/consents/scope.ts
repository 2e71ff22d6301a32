/** What a consent covers, and whether it covers a use. */
import type { DataCategory, Purpose } from './codes.js'
import { dataUseAllowed, DUO, type DataUse, type DuoCode } from './duo.js'

/** How far a consent reaches. Every part limits; `any` lifts the limit of its part. */
export interface ConsentScope {
  purposes: readonly Purpose[]
  /** GA4GH DUO codes; they limit research purposes. */
  duo: readonly DuoCode[]
  /** MONDO codes of the diseases that `DUO:0000007` is limited to. */
  diseases?: readonly string[]
  /** Model classes (`cvd`) or single models (`cvd.prevent-2023`). */
  modelClasses: readonly string[] | 'any'
  /** Random ids. A consent with trials covers uses in those trials, one without covers uses outside of any. */
  trials?: readonly string[]
  dataCategories: readonly DataCategory[] | 'any'
  /** Organisation id of the GDPR controller the consent was given to. */
  controller: string
}

/** What somebody wants to do with a subject's data. Codes and random ids only. */
export interface Use extends DataUse {
  purpose: Purpose
  /** Id of a model, such as `cvd.prevent-2023`; absent when no model is run. */
  model?: string
  trial?: string
  /** Random id of the cohort that the use is part of. */
  cohort?: string
  dataCategories?: readonly DataCategory[]
}

/** Why a consent in force does not cover a use. */
export type ScopeGap =
  | 'purpose-not-covered'
  | 'data-use-not-covered'
  | 'model-class-not-covered'
  | 'trial-not-covered'
  | 'data-category-not-covered'

/** Why a data permit does not cover a use that is to rest on it. */
export type PermitRefusalCode =
  | 'permit-not-in-force'
  | 'permit-expired'
  | 'permit-revoked'
  | 'permit-user-differs'
  | 'permit-holder-differs'
  | Exclude<ScopeGap, 'data-use-not-covered'>

/** Why a use is refused: it is frozen, nothing is in force that could cover it, or what is in force falls short. */
export type UseRefusalCode =
  | 'restricted'
  | 'objected'
  | 'erased'
  | 'opted-out'
  | 'no-consent'
  | 'withdrawn'
  | 'expired'
  | ScopeGap
  | PermitRefusalCode

/** Everything about the use that lies outside the scope; empty when it is covered. */
export function gapsOf(scope: ConsentScope, use: Use): ScopeGap[] {
  const gaps: ScopeGap[] = []
  if (!scope.purposes.includes(use.purpose)) gaps.push('purpose-not-covered')
  else if (!dataUseAllowed(scope, use)) gaps.push('data-use-not-covered')
  if (use.model !== undefined && !coversModel(scope, use.model)) gaps.push('model-class-not-covered')
  if (!coversTrial(scope, use.trial)) gaps.push('trial-not-covered')
  if (!coversAll(scope.dataCategories, use.dataCategories ?? [])) gaps.push('data-category-not-covered')
  return gaps
}

/** True when `narrow` allows nothing that `wide` does not. */
export function isWithin(narrow: ConsentScope, wide: ConsentScope): boolean {
  return (
    narrow.controller === wide.controller &&
    coversAll(wide.purposes, narrow.purposes) &&
    isStricter(narrow.duo, wide.duo) &&
    coversAll(wide.diseases ?? [], narrow.diseases ?? []) &&
    isPart(narrow.modelClasses, wide.modelClasses, (model) => coversModel(wide, model)) &&
    (wide.trials === undefined) === (narrow.trials === undefined) &&
    coversAll(wide.trials ?? [], narrow.trials ?? []) &&
    isPart(narrow.dataCategories, wide.dataCategories, (category) => coversAll(wide.dataCategories, [category]))
  )
}

/** DUO permissions add up to more, so some of them may go; its modifiers take away, so more of them may come. */
function isStricter(narrow: readonly DuoCode[], wide: readonly DuoCode[]): boolean {
  const permissions = (codes: readonly DuoCode[]) => codes.filter((code) => DUO[code].kind === 'permission')
  const modifiers = (codes: readonly DuoCode[]) => codes.filter((code) => DUO[code].kind === 'modifier')
  const unpermitted = permissions(wide).length === 0
  const permitted = permissions(narrow).length > 0 && coversAll(permissions(wide), permissions(narrow))
  return (unpermitted || permitted) && coversAll(modifiers(narrow), modifiers(wide))
}

/** The class of a model is the part of its id before the first dot. */
function coversModel({ modelClasses }: ConsentScope, model: string): boolean {
  return modelClasses === 'any' || modelClasses.includes(model) || modelClasses.includes(model.split('.')[0]!)
}

function coversTrial({ trials }: ConsentScope, trial: string | undefined): boolean {
  return trial === undefined ? trials === undefined : (trials ?? []).includes(trial)
}

function coversAll<Item>(covered: readonly Item[] | 'any', wanted: readonly Item[]): boolean {
  return covered === 'any' || wanted.every((item) => covered.includes(item))
}

function isPart<Item>(narrow: readonly Item[] | 'any', wide: readonly Item[] | 'any', covers: (item: Item) => boolean) {
  return narrow === 'any' ? wide === 'any' : narrow.every(covers)
}
