import type { NestExpressApplication } from '@nestjs/platform-express'
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger'
import { softwareVersion } from './platform/software-version.js'

/** `/api/openapi.json`, and a readable page at `/api/docs` whose scripts come from this service alone. */
export function installApiDocumentation(app: NestExpressApplication): void {
  const description =
    'An event-sourced ledger for healthcare digital twins. Errors are RFC 9457 problem documents with a stable `code`. ' +
    'Answers carry `Ledger-Position`; send `Ledger-Wait-For` with it to read your own writes.'
  const document = new DocumentBuilder()
    .setTitle('Twin Ledger')
    .setDescription(description)
    .setVersion(softwareVersion())
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .addSecurityRequirements('bearer')
    .build()
  SwaggerModule.setup('api/docs', app, () => SwaggerModule.createDocument(app, document), {
    jsonDocumentUrl: 'api/openapi.json',
    customSiteTitle: 'Twin Ledger API',
    raw: ['json'],
  })
}
