/**
 * What a twin is made of: facts about a person as recorded by a source. Each is the payload of one event, sealed under the
 * subject's key. Codes are FHIR codings, quantities carry UCUM units, times are RFC 3339 or FHIR partial dates.
 */

export interface Coding {
  system: string
  code: string
  display?: string
}

/** A measured amount. `unit` is a UCUM code; the unit as sent is kept when it was not UCUM. */
export interface Quantity {
  value: number
  unit: string
  unitAsSent?: string
  comparator?: '<' | '<=' | '>=' | '>'
}

/** FHIR date or dateTime (`2019`, `2019-04`, `2019-04-01`, `2019-04-01T10:00:00Z`), and an end for periods. */
export interface FactTime {
  at: string
  until?: string
}

/** Where a fact came from: the registered source system and the place of the resource in what it sent. */
export interface FactSource {
  /** Registered id of the source system. */
  system: string
  /** FHIR resource type, HL7 segment … */
  resourceType?: string
  /** The sender's id of the resource. */
  resourceId?: string
}

export interface Observation {
  kind: 'observation'
  code: Coding
  /** Exactly one of the values, or none when `absent` says why. */
  quantity?: Quantity
  coded?: Coding
  text?: string
  boolean?: boolean
  absent?: string
  components?: readonly ObservationComponent[]
  status: string
  category?: string
  effective?: FactTime
  source: FactSource
}

export interface ObservationComponent {
  code: Coding
  quantity?: Quantity
  coded?: Coding
  text?: string
  absent?: string
}

export interface Condition {
  kind: 'condition'
  code: Coding
  clinicalStatus?: string
  verificationStatus?: string
  onset?: FactTime
  abated?: FactTime
  source: FactSource
}

export interface Medication {
  kind: 'medication'
  code: Coding
  /** `order` from MedicationRequest, `statement` from MedicationStatement, `administration` from MedicationAdministration. */
  intent: 'order' | 'statement' | 'administration'
  status: string
  dosage?: string
  dose?: Quantity
  period?: FactTime
  source: FactSource
}

export interface Procedure {
  kind: 'procedure'
  code: Coding
  status: string
  performed?: FactTime
  source: FactSource
}

export interface Genotype {
  kind: 'genotype'
  /** HGNC gene symbol, e.g. `CYP2C19`. */
  gene: string
  /** Star-allele diplotype or genotype, e.g. `*1/*2`, `GA`. */
  genotype: string
  effective?: FactTime
  source: FactSource
}

export interface Report {
  kind: 'report'
  code: Coding
  status: string
  effective?: FactTime
  /** Event ids of the observations it groups. */
  results: readonly string[]
  conclusion?: string
  source: FactSource
}

/** A resource kept as evidence without being interpreted: its keyed digest proves later what was sent. */
export interface Evidence {
  kind: 'evidence'
  resourceType: string
  /** HMAC-SHA-256, base64url, of the resource's canonical JSON under the ledger's evidence key. */
  digest: string
  size: number
  source: FactSource
}

export type ClinicalFact = Observation | Condition | Medication | Procedure | Genotype | Report | Evidence
export type FactKind = ClinicalFact['kind']

/** Administrative sex and dates of the person; names are apart from them only in how they are shown. */
export interface Demographics {
  name?: { family?: string; given?: readonly string[]; text?: string }
  sex?: 'male' | 'female' | 'other' | 'unknown'
  /** FHIR date, may be partial. */
  birthDate?: string
  deceased?: boolean | string
  source: FactSource
}

export interface ContactDetails {
  telecom?: readonly { system?: string; value?: string; use?: string }[]
  address?: readonly { text?: string; line?: readonly string[]; city?: string; postalCode?: string; country?: string }[]
  source: FactSource
}

/** A business identifier of the person at a source, e.g. a medical record number. */
export interface Identifier {
  system: string
  value: string
}
