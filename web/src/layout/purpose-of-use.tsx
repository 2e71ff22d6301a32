import { PURPOSES } from '../../../src/consents/codes.js'
import type { PurposeOfUse as Purpose } from '../../../src/identity/purposes.js'
import { readFor } from '../session/store.js'

/** What the person reads for, where there is a choice: it is recorded with each reading, and narrows what is open. */
export function PurposeOfUse({ purposes, chosen }: { purposes: readonly Purpose[]; chosen: string | undefined }) {
  const [usual] = purposes
  if (usual === undefined || purposes.length === 1) return null
  return (
    <label className="purpose">
      <span className="quiet">Reading for </span>
      <select value={chosen ?? ''} onChange={({ target }) => readFor(target.value === '' ? undefined : target.value)}>
        <option value="">{PURPOSES[usual]} (usual)</option>
        {purposes.map((purpose) => (
          <option key={purpose} value={purpose}>
            {PURPOSES[purpose]}
          </option>
        ))}
      </select>
    </label>
  )
}
