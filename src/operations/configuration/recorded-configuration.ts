/** The decision model of a recorded configuration: a start says what is different from the last one, or nothing. Pure. */
import type { Decider } from '../../journal/decider.js'
import { canonicalJson } from '../../ledger/canonical-json.js'
import type { ChangedSetting, ConfigurationEvent, ProcessKind, RecordedSetting, Software } from './events.js'

export interface RecordedConfiguration {
  /** Null before the first start. */
  readonly software: Software | null
  readonly settings: Readonly<Record<string, RecordedSetting>>
}

export interface StartCommand {
  type: 'start'
  instance: string
  process: ProcessKind
  software: Software
  settings: Record<string, RecordedSetting>
}

export const configurationDecider: Decider<RecordedConfiguration, StartCommand, ConfigurationEvent> = {
  initial: { software: null, settings: {} },
  evolve,
  decide,
}

export function evolve(state: RecordedConfiguration, { type, data }: ConfigurationEvent): RecordedConfiguration {
  if (type === 'configuration.recorded') return { software: data.software, settings: data.settings }
  const changed = new Map(data.settings.map(({ name, to }) => [name, to]))
  const merged = { ...state.settings, ...Object.fromEntries(changed) }
  const left = Object.entries(merged).flatMap(([name, setting]) => (setting === null ? [] : [[name, setting] as const]))
  return { software: data.software, settings: Object.fromEntries(left) }
}

export function decide(
  state: RecordedConfiguration,
  { instance, process, software, settings }: StartCommand,
): ConfigurationEvent[] {
  const started = { instance, process, software }
  if (state.software === null) return [{ type: 'configuration.recorded', data: { ...started, settings } }]
  const changes = changesBetween(state.settings, settings)
  const previously = equal(state.software, software) ? null : state.software
  if (previously === null && changes.length === 0) return []
  return [{ type: 'configuration.changed', data: { ...started, previously, settings: changes } }]
}

function changesBetween(
  before: RecordedConfiguration['settings'],
  now: RecordedConfiguration['settings'],
): ChangedSetting[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort()
  return names
    .map((name) => ({ name, from: before[name] ?? null, to: now[name] ?? null }))
    .filter(({ from, to }) => from === null || to === null || !equal(from, to))
}

const equal = (one: object, other: object): boolean => canonicalJson(one) === canonicalJson(other)
