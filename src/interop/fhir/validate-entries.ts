/** Validating the entries of a bundle that will be kept, without holding up everybody else. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { isRefused, type CheckedBundle } from './bundle.js'
import { refusal, type Refusal } from './issue.js'
import { policyOf } from './resource-policy.js'
import { isResourceType, validateResource } from './validate-resource.js'

/** Milliseconds of validation after which other requests get their turn. */
const TURN = 20

/**
 * @returns the refusals by place in the bundle; a resource that will be ignored is only asked for a known type
 */
export async function validateEntries(bundle: CheckedBundle): Promise<Map<number, Refusal>> {
  const invalid = new Map<number, Refusal>()
  let turnBegan = performance.now()
  for (const entry of bundle.entries) {
    if (isRefused(entry)) continue
    const found = validate(entry.resource)
    if (found) invalid.set(entry.index, found)
    if (performance.now() - turnBegan > TURN) {
      await nextTurn()
      turnBegan = performance.now()
    }
  }
  return invalid
}

function validate(resource: { resourceType: string }): Refusal | undefined {
  if (!isResourceType(resource.resourceType)) {
    const why = 'The resource type does not exist in FHIR R4.'
    return refusal(422, 'structure', 'fhir-resource-type-unknown', why, 'resourceType')
  }
  if (policyOf(resource.resourceType).treatment === 'ignored') return undefined
  const issues = validateResource(resource)
  return issues.length > 0 ? { status: 422, issues } : undefined
}
