import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The folder of `package.json`, the same whether the code runs from `src/` (jest), `dist/` (service) or `dist-bench/`.
 * @throws Error when the compiled files were moved away from their package
 */
export function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error('package.json is missing above the compiled files; reinstall the package.')
    folder = parent
  }
  return folder
}
