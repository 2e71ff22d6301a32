/** Parameters that whoever orders a run may state: never what the record says, unless the mapping puts them first. */
import { validateInputs } from '../../models/validate-inputs.js'
import { InvalidRequest } from '../../platform/errors.js'
import { parametersOf, type InputMapping } from './mapping.js'
import type { AnyModel } from '../../models/model.js'
import type { ParameterRule } from './rules.js'
import { chose, LEFT_OUT, refused, type Selection, type SelectionScene, type StatedParameters } from './selection.js'

/** @param name the input's, where the rule does not give the parameter a specification of its own */
export function selectParameter(
  rule: ParameterRule,
  name: string,
  { stated, specifications }: Pick<SelectionScene, 'stated' | 'specifications'>,
): Selection {
  const specification = rule.specification ?? specifications.get(name)!
  const value = stated[specification.name] ?? rule.default
  if (value === undefined) {
    if (specification.optional === true) return LEFT_OUT
    return refused({ code: 'parameter-missing', ...(rule.specification && { of: specification.name }) })
  }
  const reasons = validateInputs([specification], { [specification.name]: value })
  if (reasons.length > 0) return { chosen: null, excluded: [], reasons }
  const unit = specification.kind === 'number' ? { unit: specification.unit } : {}
  if (stated[specification.name] === undefined) return chose({ value, ...unit, basis: 'fixed', sources: [] })
  return chose({ value, ...unit, basis: 'stated', sources: [], parameters: [specification.name] })
}

/** @throws InvalidRequest `parameter-not-declared`: the mapping has no parameter of that name */
export function requireDeclared(model: AnyModel, mapping: InputMapping, stated: StatedParameters): void {
  const declared = parametersOf(mapping, model).map(({ specification: { name } }) => name)
  const unknown = Object.keys(stated).filter((name) => !declared.includes(name))
  if (unknown.length === 0) return
  throw new InvalidRequest('parameter-not-declared', 'The model takes no such parameter on a twin.', {
    model: model.id,
    declared,
  })
}
