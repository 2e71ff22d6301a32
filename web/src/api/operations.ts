import type { ProcessKind, RecordedSetting, Software } from '../../../src/operations/configuration/events.js'
import { read } from './http.js'

/** The configuration that one process of one instance works under, as it is on record. */
export interface Configuration {
  instance: string
  process: ProcessKind
  software: Software
  settings: Record<string, RecordedSetting>
  revision: number
}

export interface ClockReport {
  readings: { against: string; differenceMs: number; uncertaintyMs: number; limitMs: number; measuredAt: string }[]
  /** The newest first. */
  drifts: ClockDrift[]
}

export interface ClockDrift {
  against: string
  from: string
  /** Null while it is wrong. */
  to: string | null
  differenceMs: number
  largestMs: number | null
}

export const readConfiguration = (
  asked: { process?: string; instance?: string; asOf?: string },
  signal?: AbortSignal,
) => read<Configuration>('/api/v1/operations/configuration', asked, signal)

export const readClock = (signal?: AbortSignal) => read<ClockReport>('/api/v1/operations/clock', {}, signal)
