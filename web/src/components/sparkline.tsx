interface Props {
  /** Times in Unix milliseconds, oldest first. */
  points: readonly { at: number; value: number }[]
  /** What the line says, for those who do not see it. */
  label: string
}

const WIDTH = 120
const HEIGHT = 28
const INSET = 3

/** A course of values over time, drawn small. Every value also stands in text beside it. */
export function Sparkline({ points, label }: Props) {
  const placed = place(points)
  const last = placed.at(-1)
  if (placed.length < 2 || !last) return null
  return (
    <svg
      className="sparkline"
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      <path d={`M${placed.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join('L')}`} />
      <circle cx={last[0]} cy={last[1]} r="2.5" />
    </svg>
  )
}

function place(points: Props['points']): [x: number, y: number][] {
  const across = scale(
    points.map(({ at }) => at),
    INSET,
    WIDTH - INSET,
  )
  const up = scale(
    points.map(({ value }) => value),
    HEIGHT - INSET,
    INSET,
  )
  return points.map(({ at, value }) => [across(at), up(value)])
}

function scale(values: readonly number[], from: number, to: number): (value: number) => number {
  const low = Math.min(...values)
  const range = Math.max(...values) - low
  return (value) => (range === 0 ? (from + to) / 2 : from + ((value - low) / range) * (to - from))
}
