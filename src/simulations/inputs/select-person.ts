/** Age and sex, from who the person is. */
import { completedYears, earliestDay, namesDay } from './calendar.js'
import type { Selection } from './select-measurement.js'
import type { TwinRecord } from './twin-record.js'

export function selectAge({ demographics, errors }: TwinRecord, day: string): Selection {
  const birth = demographics?.value.birthDate
  if (!demographics || birth === undefined) return refused('missing')
  if (errors.some(({ rule, target }) => target === undefined && /^record\.(birth|death)/.test(rule))) {
    return refused('quality-error')
  }
  if (hasDied(demographics.value.deceased, day)) return refused('deceased')
  if (!namesDay(birth)) return refused('imprecise')
  const age = completedYears(earliestDay(birth)!, day)
  return {
    chosen: {
      value: age,
      unit: 'a',
      basis: 'derived',
      by: 'completed years',
      sources: [{ eventId: demographics.eventId }],
    },
    excluded: [],
    reasons: [],
  }
}

export function selectSex({ demographics }: TwinRecord): Selection {
  const sex = demographics?.value.sex
  if (!demographics || sex === undefined || sex === 'unknown') return refused('missing')
  return {
    chosen: { value: sex, basis: 'recorded', sources: [{ eventId: demographics.eventId }] },
    excluded: [],
    reasons: [],
  }
}

function hasDied(deceased: boolean | string | undefined, day: string): boolean {
  return typeof deceased === 'string' ? (earliestDay(deceased) ?? day) <= day : deceased === true
}

function refused(code: 'missing' | 'quality-error' | 'deceased' | 'imprecise'): Selection {
  return { chosen: null, excluded: [], reasons: [{ code }] }
}
