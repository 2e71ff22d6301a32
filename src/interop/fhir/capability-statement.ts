/** What this service can do with FHIR, and nothing that it cannot: https://hl7.org/fhir/R4/capabilitystatement.html */
import type { CapabilityStatement, CapabilityStatementRestResource } from 'fhir/r4.js'
import { JSON_TYPES } from './fhir-body.js'
import type { FhirLimits } from './json-guard.js'
import { RESOURCE_POLICIES, type ResourcePolicy } from './resource-policy.js'

/** @param date when the statement last changed: the release's date, or the start of the process */
export function capabilityStatement(
  publicUrl: string,
  version: string,
  date: string,
  limits: FhirLimits,
): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date,
    kind: 'instance',
    software: { name: 'Twin Ledger', version },
    implementation: { description: 'Ledger of healthcare digital twins', url: `${publicUrl}/fhir/R4` },
    fhirVersion: '4.0.1',
    format: JSON_TYPES.slice(0, 2),
    rest: [
      {
        mode: 'server',
        documentation:
          `Resources are taken in transaction and batch bundles of up to ${limits.maxEntries} entries and ` +
          `${limits.maxBytes} bytes, POSTed to the base URL. Sending a bundle again records nothing twice. ` +
          "One patient's share of a bundle is recorded whole or not at all. The header X-Source-System or " +
          'Bundle.meta.source names the sending system.',
        security: {
          cors: false,
          service: [
            {
              coding: [
                {
                  system: 'http://terminology.hl7.org/CodeSystem/restful-security-service',
                  code: 'OAuth',
                  display: 'OAuth',
                },
              ],
            },
          ],
          description: 'Bearer access tokens of the configured OpenID Connect issuer.',
        },
        resource: resources(),
        interaction: [{ code: 'transaction' }, { code: 'batch' }],
      },
    ],
  }
}

/** Runs can be read; what is sent can only be sent in bundles, also of a type that runs are told in. */
function resources(): CapabilityStatementRestResource[] {
  const taken = [...RESOURCE_POLICIES].map(([type, policy]) => describe(type, policy))
  const told = RUNS.map((run) => ({ ...taken.find(({ type }) => type === run.type), ...run }))
  return [...taken.filter(({ type }) => !RUNS.some((run) => run.type === type)), ...told].sort(byType)
}

const RUNS: readonly CapabilityStatementRestResource[] = [
  {
    type: 'RiskAssessment',
    documentation: 'A simulation run that completed. The reading is recorded.',
    interaction: [{ code: 'read' }, { code: 'search-type' }],
    searchParam: [{ name: 'subject', type: 'reference' }],
  },
  {
    type: 'DetectedIssue',
    documentation: 'A simulation run that was refused, with the codes of the reasons.',
    interaction: [{ code: 'read' }, { code: 'search-type' }],
    searchParam: [{ name: 'patient', type: 'reference' }],
  },
]

/** No interaction is listed for a resource that is taken: each is taken inside bundles only. */
function describe(type: string, policy: ResourcePolicy): CapabilityStatementRestResource {
  return {
    type: type as CapabilityStatementRestResource['type'],
    documentation: `In bundles: ${MEANING[policy.treatment]}${'reason' in policy ? ` ${policy.reason}` : ''}`,
    versioning: 'no-version',
    conditionalCreate: false,
    conditionalUpdate: false,
    conditionalDelete: 'not-supported',
    referencePolicy: ['literal', 'local', 'enforced'],
  }
}

const MEANING: Readonly<Record<ResourcePolicy['treatment'], string>> = {
  patient: 'becomes a twin with demographics, contact details and identifiers.',
  fact: 'becomes a fact of the twin.',
  evidence: 'kept as evidence by keyed digest, not interpreted.',
  supporting: 'read, not kept.',
  ignored: 'ignored.',
}

function byType(one: CapabilityStatementRestResource, other: CapabilityStatementRestResource): number {
  return one.type < other.type ? -1 : 1
}
