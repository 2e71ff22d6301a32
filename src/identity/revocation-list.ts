/** Whose access was withdrawn, whatever their tokens say. Fed by a projection; asked on every request. */
export interface RevocationList {
  isRevoked(actorId: string): boolean
}

/** Keeps the revoked actor ids in memory. */
export class InMemoryRevocationList implements RevocationList {
  private readonly revoked = new Set<string>()

  isRevoked(actorId: string): boolean {
    return this.revoked.has(actorId)
  }

  revoke(actorId: string): void {
    this.revoked.add(actorId)
  }

  reinstate(actorId: string): void {
    this.revoked.delete(actorId)
  }
}
