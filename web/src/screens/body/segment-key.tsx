import type { Body } from '../../api/body.js'

interface Props {
  segments: Body['segments']
  chosen: number | null
  choose: (segment: number | null) => void
}

/** The AHA segments by number and name; a chosen one stands out in the picture. */
export function SegmentKey({ segments, chosen, choose }: Props) {
  return (
    <ol className="segment-key" aria-label="Segments of the left ventricle">
      {segments.map(({ segment, name, colour }) => (
        <li key={segment}>
          <button
            type="button"
            aria-pressed={chosen === segment}
            onClick={() => choose(chosen === segment ? null : segment)}
          >
            <svg width="14" height="14" aria-hidden="true">
              <rect width="14" height="14" rx="3" fill={colour} />
            </svg>
            {name.replace(/^AHA /, '')}
          </button>
        </li>
      ))}
    </ol>
  )
}
