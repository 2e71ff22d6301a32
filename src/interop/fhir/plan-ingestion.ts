/** From a checked and validated bundle to what will be recorded, patient by patient. Pure: the same bundle gives the same plan. */
import type { Patient } from 'fhir/r4.js'
import type { PatientRecord, SentFact } from '../../twins/commands/ingest-patient-record.js'
import type { ClinicalFact, FactSource } from '../../twins/facts.js'
import { isRefused, type BundleEntry, type CheckedBundle } from './bundle.js'
import { information, refusal, type Issue, type Refusal } from './issue.js'
import { contentDigest, mapEvidence, type KeyedDigest } from './mapping/evidence.js'
import { datesOf, isCalendarDate } from './mapping/fact-time.js'
import { mapResource } from './mapping/map-resource.js'
import type { MappingContext } from './mapping/mapped.js'
import { mapPatient } from './mapping/patient.js'
import { ownerKey, ownerOf, referencesIn, type Owner } from './patient-of-entry.js'
import { BundleReferences } from './references.js'
import { policyOf } from './resource-policy.js'
import { sourceOfRecord } from './source-system.js'

/** What becomes of one entry. `record` is the place in `IngestionPlan.records`. */
export type EntryPlan =
  | { as: 'patient'; record: number; notes: readonly Issue[] }
  | { as: 'fact'; record: number; key: string; resourceType: string; notes: readonly Issue[] }
  | { as: 'ignored'; notes: readonly Issue[] }
  | { as: 'refused'; refusal: Refusal }

export interface IngestionPlan {
  records: readonly PatientRecord[]
  /** One for each entry of the bundle, in its order. */
  entries: readonly EntryPlan[]
}

export interface PlanOptions {
  /** Checked name of the source system of the request, for patients that name none themselves. */
  source: string
  digest: KeyedDigest
  /** Validation issues by place in the bundle; no entry there means valid. */
  invalid: ReadonlyMap<number, Refusal>
}

/** Plans a bundle; never throws for anything that a validated bundle can hold. */
export function planIngestion(bundle: CheckedBundle, options: PlanOptions): IngestionPlan {
  return new Planner(bundle, options).plan()
}

class Planner {
  private readonly references: BundleReferences
  private readonly records: (PatientRecord & { facts: SentFact[] })[] = []
  private readonly recordOfOwner = new Map<string, number>()
  /** Keys of entries that became facts, by patient, for references between them. */
  private readonly owners = new Map<string, Owner>()

  constructor(
    private readonly bundle: CheckedBundle,
    private readonly options: PlanOptions,
  ) {
    this.references = new BundleReferences(bundle)
  }

  plan(): IngestionPlan {
    const found = this.bundle.entries.map((entry) => (isRefused(entry) ? entry : this.place(entry)))
    const entries = found.map((placed): EntryPlan => {
      if ('refusal' in placed) return { as: 'refused', refusal: placed.refusal }
      if ('notes' in placed) return { as: 'ignored', notes: placed.notes }
      return this.planEntry(placed.entry, placed.owner)
    })
    return { records: this.records, entries }
  }

  /** Who an entry is about. Done for all entries first, because facts refer to each other in any order. */
  private place(entry: BundleEntry): { entry: BundleEntry; owner: Owner } | { notes: Issue[] } | { refusal: Refusal } {
    const invalid = this.options.invalid.get(entry.index)
    if (invalid) return { refusal: invalid }
    const policy = policyOf(entry.resource.resourceType)
    if (policy.treatment === 'ignored' || policy.treatment === 'supporting') {
      return { notes: [information(`fhir-resource-${policy.treatment}`, policy.reason)] }
    }
    if (policy.treatment === 'patient') {
      if (!isCalendarDate((entry.resource as Patient).birthDate ?? '2000')) return { refusal: impossibleDate() }
      return this.own(entry, { patient: entry })
    }
    const found = ownerOf(entry, policy.about, this.references)
    if ('ignored' in found) return { notes: [found.ignored] }
    if ('refusal' in found) return found
    return this.patientStands(found.owner) ?? this.own(entry, found.owner)
  }

  private own(entry: BundleEntry, owner: Owner): { entry: BundleEntry; owner: Owner } {
    this.owners.set(entry.key, owner)
    return { entry, owner }
  }

  private patientStands(owner: Owner): { refusal: Refusal } | undefined {
    if ('twin' in owner) return undefined
    const invalid = this.options.invalid.has(owner.patient.index)
    const birthDate = (owner.patient.resource as Patient).birthDate ?? '2000'
    if (!invalid && isCalendarDate(birthDate)) return undefined
    const why = 'The Patient that it is about was refused.'
    return { refusal: refusal(422, 'business-rule', 'fhir-patient-refused', why) }
  }

  /** Validators have blind spots; what falls through them and breaks a mapping is an invalid entry, not a failing service. */
  private planEntry(entry: BundleEntry, owner: Owner): EntryPlan {
    try {
      return entry.resource.resourceType === 'Patient' ? this.planPatient(entry) : this.planFact(entry, owner)
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      const why = 'An element does not have the form of its type.'
      return { as: 'refused', refusal: refusal(422, 'structure', 'fhir-resource-invalid', why) }
    }
  }

  private planPatient(entry: BundleEntry): EntryPlan {
    const mapped = mapPatient(entry.resource as Patient, entry.key, this.sourceOf(entry, { patient: entry }))
    const record = this.recordOf({ patient: entry })
    Object.assign(this.records[record] as PatientRecord, mapped)
    return { as: 'patient', record, notes: [] }
  }

  private planFact(entry: BundleEntry, owner: Owner): EntryPlan {
    const { resource, key } = entry
    if (this.crossesPatients(entry, owner)) {
      const why = 'A reference leads into the record of another patient.'
      return { as: 'refused', refusal: refusal(422, 'business-rule', 'fhir-reference-crosses-patients', why) }
    }
    const { fact, notes } = this.map(entry, owner)
    if (!datesOf(fact).every(isCalendarDate)) return { as: 'refused', refusal: impossibleDate() }
    const request: SentFact = { key, fact, contentDigest: contentDigest(resource, this.options.digest) }
    const record = this.recordOf(owner)
    this.records[record]?.facts.push(request)
    return { as: 'fact', record, key, resourceType: resource.resourceType, notes }
  }

  private map(entry: BundleEntry, owner: Owner): { fact: ClinicalFact; notes: Issue[] } {
    const { resource } = entry
    const source = this.sourceOf(entry, owner)
    const evidence = () => mapEvidence(resource, source, this.options.digest)
    if (policyOf(resource.resourceType).treatment === 'evidence') {
      return { fact: evidence(), notes: [information('fhir-kept-as-evidence', 'Kept as evidence by digest.')] }
    }
    const mapped = mapResource(resource, this.contextOf(entry, owner, source))
    return 'fact' in mapped ? { fact: mapped.fact, notes: [] } : { fact: evidence(), notes: [mapped.uninterpretable] }
  }

  private contextOf(entry: BundleEntry, owner: Owner, source: FactSource): MappingContext {
    return {
      source,
      resource: (reference) => this.references.resource(reference, entry.resource),
      key: (reference) => {
        const target = this.references.entry(reference)
        const theirs = target && this.owners.get(target.key)
        if (!target || !theirs || target.key === entry.key) return undefined
        return ownerKey(theirs) === ownerKey(owner) ? target.key : undefined
      },
    }
  }

  private crossesPatients(entry: BundleEntry, owner: Owner): boolean {
    const own = ownerKey(owner)
    return referencesIn(entry.resource).some((reference) => {
      const target = this.references.entry(reference)
      const theirs = target && this.owners.get(target.key)
      return theirs !== undefined && ownerKey(theirs) !== own
    })
  }

  private recordOf(owner: Owner): number {
    const known = this.recordOfOwner.get(ownerKey(owner))
    if (known !== undefined) return known
    const twin = 'twin' in owner ? { twin: owner.twin } : {}
    const made = this.records.push({ source: this.systemOf(owner), ...twin, identifiers: [], facts: [] })
    this.recordOfOwner.set(ownerKey(owner), made - 1)
    return made - 1
  }

  private systemOf(owner: Owner): string {
    const own = 'twin' in owner ? undefined : owner.patient.resource.meta?.source
    return sourceOfRecord(own, this.options.source)
  }

  private sourceOf({ resource, key }: BundleEntry, owner: Owner): FactSource {
    const { resourceType } = resource
    return { system: this.systemOf(owner), resourceType, resourceId: key.slice(resourceType.length + 1) }
  }
}

function impossibleDate(): Refusal {
  return refusal(422, 'value', 'fhir-date-impossible', 'A date names no day of the calendar.')
}
