import { ValidationError, type ValidationPipeOptions } from '@nestjs/common'
import { InvalidRequest } from '../errors.js'

/** One field that broke rules: its JSON path and the names of the rules; never its value. */
export interface InvalidField {
  path: string
  rules: string[]
}

/** Flattens class-validator's tree; undefined when `error` is none. */
export function invalidFields(error: unknown): InvalidField[] | undefined {
  return isValidationErrors(error) ? error.flatMap((item) => flatten(item, '')) : undefined
}

/** Options of the ValidationPipe the HTTP layer uses: unknown fields are refused, and errors carry no values. */
export const VALIDATION: ValidationPipeOptions = {
  whitelist: true,
  forbidNonWhitelisted: true,
  transform: true,
  stopAtFirstError: false,
  validationError: { target: false, value: false },
  exceptionFactory: (errors) =>
    new InvalidRequest('invalid-fields', 'Some fields are missing or wrong.', { fields: invalidFields(errors) ?? [] }),
}

function isValidationErrors(error: unknown): error is ValidationError[] {
  return (
    Array.isArray(error) &&
    error.length > 0 &&
    error.every((item: unknown) => typeof item === 'object' && item !== null && 'property' in item)
  )
}

function flatten({ property, constraints, children = [] }: ValidationError, parent: string): InvalidField[] {
  const path = /^\d+$/.test(property) ? `${parent}[${property}]` : parent ? `${parent}.${property}` : property
  const own = constraints ? [{ path, rules: Object.keys(constraints) }] : []
  return [...own, ...children.flatMap((child) => flatten(child, path))]
}
