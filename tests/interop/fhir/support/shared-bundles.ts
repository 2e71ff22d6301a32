import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Bundle } from 'fhir/r4.js'

/** Every bundle of a folder of the optional test data, by file name. */
export function* bundlesIn(folder: string): Generator<{ name: string; bundle: Bundle }> {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json.gz'))) {
    yield { name, bundle: JSON.parse(gunzipSync(readFileSync(join(folder, name))).toString()) as Bundle }
  }
}
