import { SetMetadata } from '@nestjs/common'

/** Metadata under which a route says who may call it; the guard refuses a route that says nothing. */
export const ROUTE_POLICY = Symbol('twin-ledger:route-policy')

/** A route that needs no token: health, the checkpoint, the verifier key. */
export interface OpenRoute {
  open: 'to-everyone'
}

export const Public = (): MethodDecorator & ClassDecorator =>
  SetMetadata<symbol, OpenRoute>(ROUTE_POLICY, { open: 'to-everyone' })
