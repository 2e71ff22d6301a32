import { MODEL_LIBRARY } from '../../models/library/index.js'
import { RUN_PURPOSES } from '../../models/run-purposes.js'
import type { AssessedUse } from '../events.js'

/** Every use there can be an assessment of: each version that was proposed or runs, and all together, for each purpose. */
export function assessedUses(proposed: readonly { model: string; version: string }[]): AssessedUse[] {
  return MODEL_LIBRARY.flatMap(({ id, version: running }) => {
    const known = proposed.filter(({ model }) => model === id).map(({ version }) => version)
    return [...new Set([null, ...known, running])].flatMap((version) =>
      RUN_PURPOSES.map((purpose) => ({ model: id, version, purpose })),
    )
  })
}
