/** Age and sex, from who the person is. */
import { completedYears, earliestDay, namesDay } from './calendar.js'
import type { AgeAtOnsetRule } from './rules.js'
import { firstOnset } from './select-history.js'
import { refused, type Selection } from './selection.js'
import type { TwinRecord } from './twin-record.js'

export function selectAge({ demographics, errors }: TwinRecord, day: string): Selection {
  const birth = demographics?.value.birthDate
  if (!demographics || birth === undefined) return refused({ code: 'missing' })
  if (errors.some(({ rule, target }) => target === undefined && /^record\.(birth|death)/.test(rule))) {
    return refused({ code: 'quality-error' })
  }
  if (hasDied(demographics.value.deceased, day)) return refused({ code: 'deceased' })
  if (!namesDay(birth)) return refused({ code: 'imprecise' })
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

/** An onset known by its year or month counts from its first day. */
export function selectAgeAtOnset({ conditions }: AgeAtOnsetRule, record: TwinRecord, day: string): Selection {
  const birth = record.demographics?.value.birthDate
  if (!record.demographics || birth === undefined) return refused({ code: 'missing' })
  if (!namesDay(birth)) return refused({ code: 'imprecise' })
  const onset = firstOnset(record, conditions, day)
  if (onset === null) return refused({ code: 'missing' })
  if (onset.day === null) return refused({ code: 'undated' })
  return {
    chosen: {
      value: completedYears(earliestDay(birth)!, onset.day),
      unit: 'a',
      basis: 'derived',
      by: 'completed years at the first onset',
      sources: [onset.source, { eventId: record.demographics.eventId }],
    },
    excluded: [],
    reasons: [],
  }
}

export function selectSex({ demographics }: TwinRecord): Selection {
  const sex = demographics?.value.sex
  if (!demographics || sex === undefined || sex === 'unknown') return refused({ code: 'missing' })
  return {
    chosen: { value: sex, basis: 'recorded', sources: [{ eventId: demographics.eventId }] },
    excluded: [],
    reasons: [],
  }
}

function hasDied(deceased: boolean | string | undefined, day: string): boolean {
  return typeof deceased === 'string' ? (earliestDay(deceased) ?? day) <= day : deceased === true
}
