/** What is kept of a configuration: values in the clear where they say nothing secret or personal, else keyed digests. */
import { SETTINGS } from '../../platform/settings.js'
import type { RecordedSetting } from './events.js'

/** 16 bytes tell any two values apart. */
const FINGERPRINT_CHARACTERS = 22

/**
 * Every setting there is, so that none can change without a trace.
 *
 * @param settings text or null by name; see Configuration.settings
 * @param digest keyed, of a name and a value
 */
export function recordedSettings(
  settings: ReadonlyMap<string, string | null>,
  digest: (name: string, value: string) => Buffer,
): Record<string, RecordedSetting> {
  const recorded = SETTINGS.map(({ name, secret, personal = false }): [string, RecordedSetting] => {
    const value = settings.get(name) ?? null
    if (!secret && !personal) return [name, { value }]
    const print = (text: string) => digest(name, text).toString('base64url').slice(0, FINGERPRINT_CHARACTERS)
    return [name, { fingerprint: value === null ? null : print(value) }]
  })
  return Object.fromEntries(recorded)
}
