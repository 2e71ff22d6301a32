import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe } from '@jest/globals'

const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** Folder of the optional public test data (Synthea, NHANES and the like), which are not part of the repository. */
export const sharedDataFolder = resolve(projectRoot, process.env.TWIN_LEDGER_TEST_DATA ?? '../shared/data')

/** Absolute path of one optional file or folder, or undefined when it is not on this machine. */
export function sharedData(...path: string[]): string | undefined {
  const full = join(sharedDataFolder, ...path)
  return existsSync(full) ? full : undefined
}

/**
 * A `describe` that runs when the optional data are there and otherwise shows up as skipped, saying why.
 * @param path below the data folder, for example `synthea-r4`
 */
export function describeWithSharedData(title: string, path: string, specify: (folder: string) => void): void {
  const folder = sharedData(path)
  if (folder) describe(title, () => specify(folder))
  else {
    describe.skip(`${title} (skipped: ${path} is not in TWIN_LEDGER_TEST_DATA or ../shared/data)`, () =>
      specify(join(sharedDataFolder, path)))
  }
}
