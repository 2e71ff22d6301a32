import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { NestExpressApplication } from '@nestjs/platform-express'
import express from 'express'
import { projectRoot } from './platform/project-root.js'

/** Serves the built console under `/console/`; the root leads there. Without a build there is none, and the API works. */
export function installConsole(app: NestExpressApplication): void {
  const folder = join(projectRoot(), 'web', 'dist')
  if (!existsSync(folder)) return
  app.use('/console', express.static(folder, { index: 'index.html', maxAge: '1h' }))
  app.use('/console', (_request: express.Request, response: express.Response) =>
    response.sendFile(join(folder, 'index.html')),
  )
  app.use((request: express.Request, response: express.Response, next: express.NextFunction) => {
    if (request.path === '/') response.redirect(302, '/console/')
    else next()
  })
}
