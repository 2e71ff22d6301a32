/**
 * The configuration under which a process of this service works, as it starts. Stream: `configuration-<uuid>`, one for each
 * process of each instance. Values of settings that are neither secret nor personal are in the clear.
 */
import type { BuildDigests } from '../../platform/build-digests.js'
import { eventTypes, type DomainEvent } from '../../journal/event-type.js'

export const PROCESSES = ['service', 'worker'] as const
export type ProcessKind = (typeof PROCESSES)[number]

/**
 * What runs: the version of this software, and of Node.js under it. `build` and `requirements` as of `BuildDigests`; missing from
 * events older than they are.
 */
export interface Software extends Partial<BuildDigests> {
  version: string
  node: string
}

/**
 * What a setting is, as far as it is kept. A fingerprint is a keyed digest: without the key nobody can try values out, and equal
 * ones mean equal values. Null: not set, so that the default holds.
 */
export type RecordedSetting = { value: string | null } | { fingerprint: string | null }

export interface ChangedSetting {
  name: string
  /** Null: the version before had no such setting. */
  from: RecordedSetting | null
  /** Null: this version has no such setting. */
  to: RecordedSetting | null
}

interface Started {
  instance: string
  process: ProcessKind
  software: Software
}

export type ConfigurationRecorded = DomainEvent<
  'configuration.recorded',
  Started & { settings: Record<string, RecordedSetting> }
>
/** `previously` is null when the software is the same. */
export type ConfigurationChanged = DomainEvent<
  'configuration.changed',
  Started & { previously: Software | null; settings: ChangedSetting[] }
>
export type ConfigurationEvent = ConfigurationRecorded | ConfigurationChanged

export const CONFIGURATION_EVENT_TYPES = eventTypes<ConfigurationEvent>({
  'configuration.recorded': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The ${data.process} ${data.instance} started for the first time, with version ${data.software.version} and ${Object.keys(data.settings).length} settings on record.`
        : 'The configuration was recorded.',
  },
  'configuration.changed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The ${data.process} ${data.instance} started with another configuration: ${[...softwareWords(data), ...data.settings.map(settingWords)].join('; ')}.`
        : 'The configuration was changed.',
  },
})

function softwareWords({ software, previously }: ConfigurationChanged['data']): string[] {
  if (previously === null) return []
  const words = (name: string, from = 'unknown', to = 'unknown') =>
    from === to ? [] : [`${name} from ${from} to ${to}`]
  return [
    ...words('version', previously.version, software.version),
    ...words('Node.js', previously.node, software.node),
    ...words('build', previously.build, software.build),
    ...words('requirements', previously.requirements, software.requirements),
  ]
}

function settingWords({ name, from, to }: ChangedSetting): string {
  if (from === null) return `${name} is new`
  if (to === null) return `${name} is gone`
  if ('value' in from && 'value' in to)
    return `${name} from ${from.value ?? 'its default'} to ${to.value ?? 'its default'}`
  const isSet = (setting: RecordedSetting) => ('value' in setting ? setting.value : setting.fingerprint) !== null
  if (isSet(from) && isSet(to)) return `${name} (not shown) changed`
  return `${name} (not shown) was ${isSet(to) ? 'set' : 'taken away'}`
}
