// Writes docs/configuration.md from the settings the service reads: `npm run -s docs:configuration`.
import { writeFileSync } from 'node:fs'
import '../tests/support/register-typescript.js'

const { configurationPage } = await import('../tests/compliance/support/configuration-page.ts')
writeFileSync(new URL('../docs/configuration.md', import.meta.url), configurationPage())
