import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { NestExpressApplication } from '@nestjs/platform-express'
import express, { type NextFunction, type Request, type Response } from 'express'
import { projectRoot } from './platform/project-root.js'

/**
 * Serves the built console under `/console/`; the root leads there. Without a build there is none, and the API works.
 *
 * Assets carry a digest in their names and never change; the page that names them is asked for each time, so that an
 * upgrade shows at once. Every other path is a screen of the console and gets that page.
 */
export function installConsole(app: NestExpressApplication): void {
  const folder = join(projectRoot(), 'web', 'dist')
  if (!existsSync(folder)) return
  const assets = express.static(join(folder, 'assets'), {
    fallthrough: false,
    immutable: true,
    maxAge: '1y',
    index: false,
  })
  app.use('/console/assets', assets)
  app.use('/console', express.static(folder, { index: false, redirect: false, maxAge: '1h' }))
  app.use('/console', (_request: Request, response: Response) =>
    response.setHeader('Cache-Control', 'no-cache').sendFile(join(folder, 'index.html'), { cacheControl: false }),
  )
  app.use((request: Request, response: Response, next: NextFunction) => {
    if (request.path === '/') response.redirect(302, '/console/')
    else next()
  })
}
