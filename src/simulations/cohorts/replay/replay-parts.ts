import type { CohortState } from '../cohort.js'

/** The parts of a replay that still have to be worked on; none when it is not running. */
export function openReplayParts({ parts, replays }: CohortState, replay: string): number[] {
  const state = replays.get(replay)
  if (state?.status !== 'running') return []
  return Array.from({ length: parts }, (_, part) => part).filter((part) => !state.finished.has(part))
}
