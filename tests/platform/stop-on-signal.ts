/** A process that drains when it is told to stop; its last step fails when the argument is `badly`. */
import { Shutdown } from '../../src/platform/shutdown.js'

const say = (what: string) => process.stdout.write(`${JSON.stringify(what)}\n`)
const shutdown = new Shutdown()
const running = setInterval(() => {}, 1_000)
shutdown.onPhase('drain', 'work', () => say('drained'))
shutdown.onPhase('close-stores', 'timer', () => clearInterval(running))
shutdown.onPhase('stop-database', 'database', () => {
  if (process.argv[2] === 'badly') throw new Error('would not stop')
})
shutdown.listen()
say('ready')
