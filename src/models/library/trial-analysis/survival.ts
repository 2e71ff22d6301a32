import { type FollowUp } from '../../numerics/survival/event-times.js'
import { type LogRankResult, logRankTest } from '../../numerics/survival/log-rank.js'
import { type HazardRatio, hazardRatio } from '../../numerics/survival/proportional-hazards.js'
import { groupOf, groupsOf, type Subject } from './trial-data.js'

/** The log-rank test of all groups. @throws SingularMatrix */
export function analyseLogRank(data: readonly Subject[]): LogRankResult {
  const groups = groupsOf(data)
  return logRankTest(followUps(data, groups), groups.length)
}

/** Hazard of the treated over that of the control; of the group that occurs second where groups have names. */
export function analyseHazardRatio(data: readonly Subject[]): HazardRatio {
  const groups = groupsOf(data)
  const isNumbered = groups.every((group) => typeof group === 'number')
  return hazardRatio(followUps(data, isNumbered ? [...groups].sort((a, b) => Number(a) - Number(b)) : groups))
}

function followUps(data: readonly Subject[], groups: readonly (string | number)[]): FollowUp[] {
  return data.map((subject) => ({
    time: subject.time as number,
    event: subject.status === 1,
    group: groups.indexOf(groupOf(subject)),
  }))
}
