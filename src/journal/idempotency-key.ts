import { ApiHeader } from '@nestjs/swagger'

/** Documents that a route takes an Idempotency-Key (src/journal/idempotent-request.ts). */
export const TakesIdempotencyKey = (): MethodDecorator & ClassDecorator =>
  ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'The same key with the same request returns the first answer.',
  })
