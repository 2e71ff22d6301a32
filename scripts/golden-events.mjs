// Writes a golden event for each event type that has none: `npm run -s golden:events`. With --accept it also takes today's readings
// of all of them for right. What lies in the golden events themselves is never changed.
import '../tests/support/register-typescript.js'

const { writeGoldenEvents } = await import('../tests/golden/support/write-golden-events.ts')
const written = writeGoldenEvents({ accept: process.argv.includes('--accept') })
process.stdout.write(`${written.length} written\n${written.map((name) => `  ${name}\n`).join('')}`)
