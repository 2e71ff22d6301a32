/** Every route of a running application, from its controllers, with the policy that stands before it. */
import { RequestMethod, type INestApplicationContext } from '@nestjs/common'
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js'
import { MetadataScanner, ModulesContainer } from '@nestjs/core'
import type { Action } from '../../../src/identity/actions.js'
import { ROUTE_POLICY, type RoutePolicy } from '../../../src/identity/route-policy.js'

export interface Route {
  /** `GET /api/v1/twins/:id`. */
  name: string
  method: string
  /** With the parameters as the controllers name them. */
  path: string
  /** Undefined: open to everyone. */
  action: Action | undefined
}

type Controller = { prototype: object }

export function routesOf(app: INestApplicationContext): Route[] {
  const modules = [...app.get(ModulesContainer, { strict: false }).values()]
  const controllers = modules.flatMap((module) => [...module.controllers.values()].map(({ metatype }) => metatype))
  const routes = [...new Set(controllers)].filter((type) => typeof type === 'function').flatMap(routesOfController)
  return routes.sort((one, other) => one.name.localeCompare(other.name))
}

function routesOfController(controller: Controller): Route[] {
  const prototype = controller.prototype as Record<string, object>
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((name) => {
    const handler = prototype[name]!
    const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined
    if (method === undefined) return []
    const policy = (Reflect.getMetadata(ROUTE_POLICY, handler) ??
      Reflect.getMetadata(ROUTE_POLICY, controller)) as RoutePolicy
    const action = 'requires' in policy ? policy.requires : undefined
    return pathsOf(controller).flatMap((start) =>
      pathsOf(handler).map((end) => {
        const path = `/${[start, end]
          .flatMap((part) => part.split('/'))
          .filter(Boolean)
          .join('/')}`
        return { name: `${RequestMethod[method]} ${path}`, method: RequestMethod[method], path, action }
      }),
    )
  })
}

const pathsOf = (target: object): string[] => [Reflect.getMetadata(PATH_METADATA, target) as string | string[]].flat()
