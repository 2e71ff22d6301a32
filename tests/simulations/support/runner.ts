import type { INestApplicationContext } from '@nestjs/common'
import { ModelRunner, type ModelRunnerOptions } from '../../../src/simulations/execution/model-runner.js'

/** Worker threads that read the TypeScript sources: what the service runs compiled. */
export const fromSources: ModelRunnerOptions = {
  script: new URL('../../../src/simulations/execution/model.worker.ts', import.meta.url),
  execArgv: ['--import', new URL('../../support/register-typescript.js', import.meta.url).href],
}

/** Makes a service that runs from its sources start its worker threads from them too. */
export function runModelsFromSources(app: INestApplicationContext): void {
  const runner = app.get(ModelRunner, { strict: false }) as unknown as { options: ModelRunnerOptions }
  Object.assign(runner.options, fromSources)
}
