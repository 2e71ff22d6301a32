import type { ModelRunnerOptions } from '../../../src/simulations/execution/model-runner.js'

/** Worker threads that read the TypeScript sources: what the service runs compiled. */
export const fromSources: ModelRunnerOptions = {
  script: new URL('../../../src/simulations/execution/model.worker.ts', import.meta.url),
  execArgv: ['--import', new URL('../../support/register-typescript.js', import.meta.url).href],
}
