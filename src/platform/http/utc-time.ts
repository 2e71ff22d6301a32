import { applyDecorators } from '@nestjs/common'
import { Transform } from 'class-transformer'
import { Matches } from 'class-validator'

const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/
/** What events carry, so that times compare as text. */
const UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

/** A member of a request that is any RFC 3339 time, taken as UTC with milliseconds; what is none stays as it is and is refused. */
export function UtcTime(): PropertyDecorator {
  const toUtc = Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && TIMESTAMP.test(value) && !Number.isNaN(Date.parse(value))
      ? new Date(value).toISOString()
      : value,
  )
  return applyDecorators(toUtc, Matches(UTC))
}
