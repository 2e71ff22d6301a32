import { read } from './http.js'

export interface Advance {
  id: string
  title: string
  area: string
  method: string
  source: { citation: string; doi?: string; url?: string }
  published: string
  changes: string
  alternatives: string[]
  models: string[]
  confidence: 'H' | 'M' | 'L'
  lastChecked: string
  status: 'proposed' | 'returned' | 'reviewed' | 'superseded'
}

export const listAdvances = (model: string | undefined, signal?: AbortSignal) =>
  read<Advance[]>('/api/v1/advances', { model }, signal)
