/** Last known revision of recently used streams; bounded, least recently written first out. Only ever a hint. */
export class RevisionMemory {
  private readonly revisions = new Map<string, number>()

  constructor(private readonly capacity = 100_000) {}

  get(stream: string): number | undefined {
    return this.revisions.get(stream)
  }

  set(stream: string, revision: number): void {
    this.revisions.delete(stream)
    this.revisions.set(stream, revision)
    if (this.revisions.size > this.capacity) this.revisions.delete(this.revisions.keys().next().value!)
  }

  forget(stream: string): void {
    this.revisions.delete(stream)
  }

  clear(): void {
    this.revisions.clear()
  }
}
