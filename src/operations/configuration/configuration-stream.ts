import type { Journal } from '../../journal/journal.js'
import type { ProcessKind } from './events.js'

/** One stream for each kind of process of each instance: only what should be equal is compared. */
export function configurationStream(journal: Journal, instance: string, process: ProcessKind): string {
  return `configuration-${journal.deriveEventId('configuration', instance, process)}`
}
