/**
 * Revisions of recently used streams, exactly as of one head and what its owner appended on top. An append that finds that
 * head unmoved therefore need not look them up again. When the head was moved by others, a new memory begins.
 */
export class RevisionMemory {
  private readonly revisions = new Map<string, number>()

  /** @param capacity streams kept; the one least recently written goes first. Far above what can be in flight. */
  constructor(private readonly capacity = 100_000) {}

  get(stream: string): number | undefined {
    return this.revisions.get(stream)
  }

  set(stream: string, revision: number): void {
    this.revisions.delete(stream)
    this.revisions.set(stream, revision)
    if (this.revisions.size > this.capacity) this.revisions.delete(this.revisions.keys().next().value!)
  }

  /**
   * Takes over what was looked up, unless an append has gone further since. What is behind it was overtaken by another process: whoever
   * kept to it would set the same request aside until it is refused.
   */
  learn(looked: ReadonlyMap<string, number>): void {
    for (const [stream, revision] of looked)
      if (revision > (this.revisions.get(stream) ?? -Infinity)) this.set(stream, revision)
  }
}
