/** One member of a cluster: what all its services share. */
import type { Metadata } from '@grpc/grpc-js'
import type { Faults } from './faults.js'
import { leaderUnknown, notLeader, notReady } from './server-errors.js'
import { isAllowed, type StreamAction } from './stream-metadata.js'
import { originalOf } from './records.js'
import type { TransactionLog, WriteResult } from './transaction-log.js'

/** One request as the server saw it. */
export interface RecordedRequest {
  method: 'append' | 'batchAppend' | 'delete' | 'tombstone' | 'read' | 'subscribe' | 'getSupportedMethods' | 'gossip'
  /** `$all` for the whole log. */
  stream?: string
  /** Of an append: the ids of its events. */
  ids?: readonly string[]
  requiresLeader: boolean
  /** What came of it; `pending` while nothing was answered. */
  outcome: string
}

/** The members, and who leads them: null during an election. */
export interface Cluster {
  readonly log: TransactionLog
  readonly members: ClusterNode[]
  leader: ClusterNode | null
}

export interface NodeSettings {
  /** Bytes that one append may carry. */
  maxAppendSize: number
  /** How long a writer waits for its commit before it is told that it timed out. */
  commitTimeoutMs: number
  /** What the caller may do: a secured server takes them from the credentials, an insecure one lets everybody do all. */
  roles: readonly string[]
  version: string
  batchAppend: boolean
}

/** What a call tells of itself. */
export interface Caller {
  readonly metadata: Metadata
  getPeer(): string
}

/** What came of a write that was asked for: the log's result, or that its commit took too long. */
export type CommitResult = WriteResult | { decision: 'timed-out' }

export class ClusterNode {
  readonly requests: RecordedRequest[] = []

  constructor(
    readonly cluster: Cluster,
    readonly faults: Faults,
    readonly settings: NodeSettings,
    readonly port: number,
    private readonly cut: (peer: string) => void,
  ) {}

  get log(): TransactionLog {
    return this.cluster.log
  }

  note(caller: Caller, method: RecordedRequest['method'], stream?: string, ids?: readonly string[]): RecordedRequest {
    const request: RecordedRequest = { method, requiresLeader: requiresLeader(caller), outcome: 'pending' }
    if (stream !== undefined) request.stream = stream
    if (ids !== undefined) request.ids = ids
    this.requests.push(request)
    return request
  }

  /** What keeps this node from taking a request now, if anything. */
  obstacle(caller: Caller): 'not-ready' | 'leader-unknown' | 'not-leader' | null {
    if (this.faults.takeNotReady()) return 'not-ready'
    if (!requiresLeader(caller) || this.cluster.leader === this) return null
    return this.cluster.leader === null ? 'leader-unknown' : 'not-leader'
  }

  /** @throws CallFailure with the leader's endpoint, when there is another leader and the caller asks for it */
  refuseUnlessServing(caller: Caller): void {
    const obstacle = this.obstacle(caller)
    if (obstacle === 'not-ready') throw notReady()
    if (obstacle === 'leader-unknown') throw leaderUnknown()
    if (obstacle === 'not-leader') throw this.leaderElsewhere()
  }

  leaderElsewhere(): Error {
    return notLeader('127.0.0.1', this.cluster.leader?.port ?? this.port)
  }

  allows(stream: string, action: Extract<StreamAction, 'read' | 'write' | 'delete'>): boolean {
    const original = originalOf(stream)
    if (original === null) return isAllowed(this.log.metadataOf(stream), action, this.settings.roles)
    const onMetadata = action === 'read' ? 'read-metadata' : 'write-metadata'
    return isAllowed(this.log.metadataOf(original), onMetadata, this.settings.roles)
  }

  /** Carries a write out as the faults of the moment have it. Never settles when its connection was cut. */
  async commit(caller: Caller, write: () => WriteResult): Promise<CommitResult> {
    const fate = this.faults.takeFate()
    if (fate === 'cut-before-commit') return this.#vanish(caller)
    const landed = this.faults.writable().then(write)
    const result = await this.#withinCommitTimeout(landed)
    if (fate === 'cut-after-commit') return this.#vanish(caller)
    await this.faults.answerable()
    await this.faults.thawed()
    return result
  }

  async #withinCommitTimeout(landed: Promise<WriteResult>): Promise<CommitResult> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<CommitResult>((resolve) => {
      timer = setTimeout(() => resolve({ decision: 'timed-out' }), this.settings.commitTimeoutMs)
    })
    try {
      return await Promise.race([landed, late])
    } finally {
      clearTimeout(timer)
    }
  }

  #vanish(caller: Caller): Promise<never> {
    this.cut(caller.getPeer())
    return new Promise(() => {})
  }
}

export const requiresLeader = (caller: Caller): boolean =>
  String(caller.metadata.get('requires-leader')[0]).toLowerCase() === 'true'
