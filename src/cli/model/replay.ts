import type { Command } from 'commander'
import { InvalidRequest } from '../../platform/errors.js'
import { addServiceOptions, serviceToken, serviceUrl, type ServiceOptions } from '../service-address.js'
import { postJson } from '../service-client.js'

/** A large cohort takes its time. */
const PATIENCE_MS = 30 * 60_000

interface ReplayOptions extends ServiceOptions {
  cohort?: string
}

interface Replay {
  equal: boolean | number
  differing?: number
  notRepeatable?: number
}

export function addReplayCommand(model: Command): void {
  const command = model
    .command('replay [run]')
    .description(
      'compute a run, or all runs of a cohort, again from the ledger and compare; exit code 1 when they differ',
    )
    .option('--cohort <id>', 'all completed runs of this cohort')
  addServiceOptions(command, 'regulator').action(async (run: string | undefined, options: ReplayOptions) => {
    if ((run === undefined) === (options.cohort === undefined))
      throw new InvalidRequest('option-invalid', 'Name a run, or a cohort with --cohort.')
    const what = run === undefined ? `cohorts/${options.cohort}` : `simulations/${run}`
    const url = `${serviceUrl(options)}/api/v1/${what}/replays`
    const replay = await postJson<Replay>(url, await serviceToken(options), {}, PATIENCE_MS)
    process.stdout.write(`${JSON.stringify(replay, null, 2)}\n`)
    if (replay.equal === false || (replay.differing ?? 0) > 0) process.exitCode = 1
  })
}
