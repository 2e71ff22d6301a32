import { type Adapter, type AdapterFactory, type AdapterPayload } from 'oidc-provider'

interface Entry {
  payload: AdapterPayload
  /** Milliseconds since the epoch. */
  expiresAt: number
}

/** Above this the oldest entries go: an evaluation service must not be filled by requests for sign-in pages. */
const MAXIMUM_ENTRIES = 10_000

/**
 * Keeps sessions, codes and grants of the evaluation issuer in memory, shared by the providers that follow each other
 * when keys rotate. A restart signs everybody out.
 */
export function createMemoryAdapter(now: () => number = Date.now): AdapterFactory {
  const entries = new Map<string, Entry>()
  return (model) => new MemoryAdapter(model, entries, now)
}

class MemoryAdapter implements Adapter {
  constructor(
    private readonly model: string,
    private readonly entries: Map<string, Entry>,
    private readonly now: () => number,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    this.makeRoom()
    const expiresAt = expiresIn === undefined ? Infinity : this.now() + expiresIn * 1000
    this.entries.set(this.key(id), { payload, expiresAt })
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return this.live(this.key(id))
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.search((payload) => payload.uid === uid)
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.search((payload) => payload.userCode === userCode)
  }

  async consume(id: string): Promise<void> {
    const payload = this.live(this.key(id))
    if (payload !== undefined) payload.consumed = Math.floor(this.now() / 1000)
  }

  async destroy(id: string): Promise<void> {
    this.entries.delete(this.key(id))
  }

  /** Of this model alone: a sign-in that is under way names the grant it replaces and must outlive it. */
  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, { payload }] of this.entries) {
      if (this.isOwn(key) && payload.grantId === grantId) this.entries.delete(key)
    }
  }

  private key(id: string): string {
    return `${this.model}:${id}`
  }

  private isOwn(key: string): boolean {
    return key.startsWith(`${this.model}:`)
  }

  private live(key: string): AdapterPayload | undefined {
    const entry = this.entries.get(key)
    if (entry === undefined || entry.expiresAt > this.now()) return entry?.payload
    this.entries.delete(key)
    return undefined
  }

  private search(matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const [key, { payload }] of this.entries) {
      if (this.isOwn(key) && matches(payload)) return this.live(key)
    }
    return undefined
  }

  private makeRoom(): void {
    if (this.entries.size < MAXIMUM_ENTRIES) return
    for (const key of this.entries.keys()) this.live(key)
    const oldest = this.entries.keys().next()
    if (this.entries.size >= MAXIMUM_ENTRIES && !oldest.done) this.entries.delete(oldest.value)
  }
}
