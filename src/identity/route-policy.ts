import { SetMetadata } from '@nestjs/common'
import { type OpenRoute, Public, ROUTE_POLICY } from '../platform/http/public-route.js'
import { type Action } from './actions.js'

export { Public, ROUTE_POLICY }

/** What a route says about who may call it. */
export type RoutePolicy = OpenRoute | { requires: Action }

/** The route (or every route of the controller) needs this action; a route's own policy goes before its controller's. */
export const Requires = (action: Action): MethodDecorator & ClassDecorator =>
  SetMetadata<symbol, RoutePolicy>(ROUTE_POLICY, { requires: action })
