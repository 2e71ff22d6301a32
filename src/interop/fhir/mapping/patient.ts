/** Patient (https://hl7.org/fhir/R4/patient.html) → demographics, contact details and identifiers, kept apart. */
import type { HumanName, Patient } from 'fhir/r4.js'
import type { ContactDetails, Demographics, FactSource, Identifier } from '../../../twins/facts.js'

export interface MappedPatient {
  demographics: Demographics
  contact?: ContactDetails
  /** Never empty: without a business identifier the sender's own id identifies. */
  identifiers: Identifier[]
}

/** The system of identifiers that are a sender's own resource ids; `source` is a checked source name. */
export function senderIdSystem(source: string): string {
  return `urn:twin-ledger:sender:${source}`
}

/** @param key `Patient/<id>`, the sender's name of the resource */
export function mapPatient(resource: Patient, key: string, source: FactSource): MappedPatient {
  const contact = toContact(resource, source)
  return {
    demographics: toDemographics(resource, source),
    ...(contact && { contact }),
    identifiers: toIdentifiers(resource, key, source),
  }
}

function toDemographics(resource: Patient, source: FactSource): Demographics {
  const name = currentName(resource.name ?? [])
  const deceased = resource.deceasedDateTime ?? resource.deceasedBoolean
  return {
    ...(name && { name: toName(name) }),
    ...(resource.gender && { sex: resource.gender }),
    ...(resource.birthDate !== undefined && { birthDate: resource.birthDate }),
    ...(deceased !== undefined && { deceased }),
    source,
  }
}

/** Official before usual before any; names that no longer hold are passed over while there is another. */
function currentName(names: readonly HumanName[]): HumanName | undefined {
  const current = names.filter((name) => name.use !== 'old' && name.use !== 'maiden' && name.use !== 'temp')
  return (
    current.find((name) => name.use === 'official') ??
    current.find((name) => name.use === 'usual') ??
    current[0] ??
    names[0]
  )
}

function toName(name: HumanName): NonNullable<Demographics['name']> {
  const given = name.given?.filter((part) => typeof part === 'string')
  return {
    ...(name.family !== undefined && { family: name.family }),
    ...(given?.length && { given }),
    ...(name.text !== undefined && { text: name.text }),
  }
}

function toContact(resource: Patient, source: FactSource): ContactDetails | undefined {
  const telecom = resource.telecom?.map(({ system, value, use }) => present({ system, value, use }))
  const address = resource.address?.map(({ text, line, city, postalCode, country }) =>
    present({ text, line: line?.filter((part) => typeof part === 'string'), city, postalCode, country }),
  )
  if (!telecom?.length && !address?.length) return undefined
  return { ...(telecom?.length && { telecom }), ...(address?.length && { address }), source }
}

/** Identifiers with a system, in use. The same one listed twice counts once. */
function toIdentifiers(resource: Patient, key: string, source: FactSource): Identifier[] {
  const own: Identifier = { system: senderIdSystem(source.system), value: key.slice('Patient/'.length) }
  const known = new Map<string, Identifier>()
  for (const { system, value, use } of resource.identifier ?? []) {
    if (system === undefined || value === undefined || use === 'old' || use === 'temp') continue
    known.set(JSON.stringify([system, value]), { system, value })
  }
  return known.size > 0 ? [...known.values()] : [own]
}

/** Without the members that are undefined: absent and undefined must not differ in the digest. */
function present<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Value
}
