/** One subject's follow-up: `event` false means that it was censored at `time`. */
export interface FollowUp {
  readonly time: number
  readonly event: boolean
  /** Which of the compared groups, from 0. */
  readonly group: number
}

/** What happens at one time at which there are events. */
export interface EventTime {
  readonly atRisk: readonly number[]
  readonly events: readonly number[]
}

/** The distinct event times in ascending order, with subjects at risk and events of each group. */
export function eventTimes(subjects: readonly FollowUp[], groups: number): EventTime[] {
  const times = [...new Set(subjects.filter(({ event }) => event).map(({ time }) => time))].sort((a, b) => a - b)
  return times.map((at) => {
    const atRisk = new Array<number>(groups).fill(0)
    const events = new Array<number>(groups).fill(0)
    for (const { time, event, group } of subjects) {
      if (time >= at) atRisk[group] = (atRisk[group] as number) + 1
      if (event && time === at) events[group] = (events[group] as number) + 1
    }
    return { atRisk, events }
  })
}
