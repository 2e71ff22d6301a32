import { SetMetadata } from '@nestjs/common'
import { type Action } from './actions.js'

/** What a route says about who may call it. */
export type RoutePolicy = { open: 'to-everyone' } | { requires: Action }

export const ROUTE_POLICY = Symbol('twin-ledger:route-policy')

/** The route (or every route of the controller) needs this action; a route's own policy goes before its controller's. */
export const Requires = (action: Action): MethodDecorator & ClassDecorator =>
  SetMetadata<symbol, RoutePolicy>(ROUTE_POLICY, { requires: action })

/** The route needs no token: health, the checkpoint, the verifier key. */
export const Public = (): MethodDecorator & ClassDecorator =>
  SetMetadata<symbol, RoutePolicy>(ROUTE_POLICY, { open: 'to-everyone' })
