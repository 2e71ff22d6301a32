import type { DestinationStream } from 'pino'

/** A log destination that keeps what was written. */
export function logLines(): { destination: DestinationStream; text(): string; lines(): Record<string, unknown>[] } {
  let written = ''
  return {
    destination: { write: (chunk: string) => void (written += chunk) },
    text: () => written,
    lines: () =>
      written
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  }
}
