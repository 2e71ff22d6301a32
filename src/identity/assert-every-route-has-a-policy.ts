import { type INestApplicationContext } from '@nestjs/common'
import { METHOD_METADATA } from '@nestjs/common/constants.js'
import { MetadataScanner, ModulesContainer } from '@nestjs/core'
import { ConfigurationError } from '../platform/errors.js'
import { ROUTE_POLICY } from './route-policy.js'

type Handler = (...parameters: unknown[]) => unknown

/**
 * Fails when a controller's route carries neither `@Requires` nor `@Public`, itself or through its controller.
 * Called at start-up, so that a closed route is found before anybody calls it.
 *
 * @throws ConfigurationError that names every such route as `Controller.method`
 */
export function assertEveryRouteHasAPolicy(app: INestApplicationContext): void {
  const routes = routesWithoutPolicy(app)
  if (routes.length > 0) {
    throw new ConfigurationError(`Routes without @Requires or @Public: ${routes.join(', ')}`, { routes })
  }
}

function routesWithoutPolicy(app: INestApplicationContext): string[] {
  const modules = [...app.get(ModulesContainer, { strict: false }).values()]
  const controllers = modules.flatMap((module) => [...module.controllers.values()].map(({ metatype }) => metatype))
  return [...new Set(controllers)]
    .filter((controller) => typeof controller === 'function')
    .filter((controller) => !Reflect.hasMetadata(ROUTE_POLICY, controller))
    .flatMap((controller) =>
      routeHandlers(controller.prototype as Record<string, Handler>)
        .filter(([, handler]) => !Reflect.hasMetadata(ROUTE_POLICY, handler))
        .map(([method]) => `${controller.name}.${method}`),
    )
    .sort()
}

function routeHandlers(prototype: Record<string, Handler>): [string, Handler][] {
  return new MetadataScanner()
    .getAllMethodNames(prototype)
    .map((name): [string, Handler] => [name, prototype[name] as Handler])
    .filter(([, handler]) => Reflect.hasMetadata(METHOD_METADATA, handler))
}
