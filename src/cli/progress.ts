import { SingleBar } from 'cli-progress'

export interface Progress {
  update(done: number, of: number): void
  stop(): void
}

/** A bar on standard error where somebody is watching; nothing in a pipe or a log. */
export function progressBar(what: string): Progress {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined }
  const bar = new SingleBar({
    format: `${what} {bar} {percentage}% | {value}/{total} | {eta_formatted}`,
    stream: process.stderr,
  })
  let started = false
  return {
    update(done, of) {
      if (!started) bar.start(of, done)
      started = true
      bar.setTotal(of)
      bar.update(done)
    },
    stop: () => bar.stop(),
  }
}
