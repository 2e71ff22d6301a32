// Prints the traceability matrix, requirement → control → test, as Markdown: `npm run -s compliance:matrix > matrix.md`.
import { readFileSync } from 'node:fs'
import '../tests/support/register-typescript.js'

const { matrixOf } = await import('../tests/compliance/support/matrix.ts')
const { findProofs } = await import('../tests/compliance/support/proofs.ts')
const { readRequirements } = await import('../tests/compliance/support/requirements.ts')
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
process.stdout.write(matrixOf(readRequirements(), findProofs(), version))
