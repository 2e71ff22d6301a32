/** A witness of logs: cosigns each checkpoint that extends the one it cosigned before, and never two that contradict. */
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidRequest } from '../../platform/errors.js'
import { parseAddCheckpoint, SIZE_MEDIA_TYPE } from '../log/add-checkpoint.js'
import { originHash, parseCheckpoint, type ParsedCheckpoint } from '../log/checkpoint.js'
import { type Cosigner, cosignatureVerifier } from '../log/cosignature.js'
import { formatSignatureLine, verifyNote } from '../log/note.js'
import { noteVerifier, type NoteVerifier } from '../log/note-key.js'
import { type AddCheckpointDecision, type Contradiction, decideAddCheckpoint } from './decide-add-checkpoint.js'

/** Where the last cosigned checkpoint of each log is kept; `LastSeenStore` is one. `keep` returns when it is durable. */
export interface CosignedCheckpoints {
  read(origin: string): Promise<string | undefined>
  keep(signed: string): Promise<void>
}

export interface WitnessAnswer {
  status: number
  /** Default text/plain. */
  contentType?: string
  body: string
  /** Why the checkpoint was kept as evidence. */
  contradiction?: Contradiction
}

type Contradicted = Extract<AddCheckpointDecision, { kind: 'contradiction' }>

export interface WitnessOptions {
  cosigner: Cosigner
  /** Verifier keys of the logs it cosigns; several of one name are keys of one log. */
  logs: readonly string[]
  /** Its memory; nobody else may write to it. */
  checkpoints: CosignedCheckpoints
  /** Folder for signed checkpoints that do not extend what was cosigned, as far as was proven. */
  evidence: string
  /** POSIX seconds. */
  now?: () => number
}

/**
 * Most checkpoints kept of one log and kind, so that nobody can fill the disk; and none of one kind in the place of the other, for
 * anybody can send a checkpoint that the log published without a proof.
 */
const MAX_EVIDENCE = 100

export class Witness {
  private readonly keys = new Map<string, NoteVerifier[]>()
  private readonly own: NoteVerifier
  /** Requests are answered one at a time: between the look at what was cosigned and the next state nothing comes in. */
  private queue: Promise<unknown> = Promise.resolve()

  /** @throws InvalidRequest `vkey-malformed` */
  constructor(private readonly options: WitnessOptions) {
    this.own = cosignatureVerifier(options.cosigner.vkey)
    for (const vkey of options.logs) {
      const verifier = noteVerifier(vkey)
      this.keys.set(verifier.name, [...(this.keys.get(verifier.name) ?? []), verifier])
    }
  }

  get vkey(): string {
    return this.options.cosigner.vkey
  }

  /** Origins of the logs it cosigns. */
  get origins(): string[] {
    return [...this.keys.keys()]
  }

  /**
   * Answers `POST add-checkpoint`. What it cosigns is durable before the answer is given.
   *
   * @throws IntegrityError `checkpoint-malformed`, `note-signature-invalid`: its own memory is damaged; nothing is cosigned
   */
  addCheckpoint(body: string): Promise<WitnessAnswer> {
    const answer = this.queue.then(() => this.answer(body))
    this.queue = answer.catch(() => undefined)
    return answer
  }

  /** The last checkpoint it cosigned of the log whose origin has this hash, with its cosignature; null before the first. */
  async latest(hash: string): Promise<string | null> {
    const origin = this.origins.find((known) => originHash(known) === hash)
    return origin === undefined ? null : ((await this.options.checkpoints.read(origin)) ?? null)
  }

  /** @throws IntegrityError as `addCheckpoint` does, for every log */
  async assertMemory(): Promise<void> {
    for (const origin of this.origins) await this.cosignedLast(origin)
  }

  private async answer(body: string): Promise<WitnessAnswer> {
    const decision = await this.decide(body)
    switch (decision.kind) {
      case 'refuse':
        return { status: decision.status, body: `${decision.reason}\n` }
      case 'conflict':
        return { status: 409, contentType: SIZE_MEDIA_TYPE, body: `${decision.size}\n` }
      case 'contradiction':
        await this.keepEvidence(decision, body)
        return { status: 422, body: `${decision.reason}\n`, contradiction: decision.contradiction }
      case 'cosign':
        return { status: 200, body: await this.cosign(decision.checkpoint) }
    }
  }

  private async decide(body: string): Promise<AddCheckpointDecision> {
    try {
      const request = parseAddCheckpoint(body)
      const { origin } = request.checkpoint
      const keys = this.keys.get(origin)
      return decideAddCheckpoint(request, keys && { keys, latest: await this.cosignedLast(origin) })
    } catch (error) {
      if (error instanceof InvalidRequest) return { kind: 'refuse', status: 400, reason: error.message }
      throw error
    }
  }

  /** Read anew each time: after a write that failed, what the disk says is what holds. */
  private async cosignedLast(origin: string): Promise<ParsedCheckpoint | null> {
    const kept = await this.options.checkpoints.read(origin)
    if (kept === undefined) return null
    const checkpoint = parseCheckpoint(kept)
    // A key of either may have been replaced since; that of the other still shows that the file was not altered.
    verifyNote(checkpoint.note, [this.own, ...this.keys.get(origin)!])
    return checkpoint
  }

  /** @returns the cosignature line, once the checkpoint is kept with it */
  private async cosign({ origin, note }: ParsedCheckpoint): Promise<string> {
    const { cosigner, checkpoints, now = () => Math.floor(Date.now() / 1000) } = this.options
    const line = `${formatSignatureLine(cosigner.cosign(note.text, now()))}\n`
    const trusted = verifyNote(note, this.keys.get(origin)!).map((signature) => `${formatSignatureLine(signature)}\n`)
    await checkpoints.keep(`${note.text}\n${trusted.join('')}${line}`)
    return line
  }

  private async keepEvidence({ contradiction, checkpoint }: Contradicted, request: string): Promise<void> {
    const { evidence } = this.options
    const { origin, size, root } = checkpoint
    const alike = `${contradiction}.${originHash(origin)}.`
    await mkdir(evidence, { recursive: true })
    const kept = (await readdir(evidence)).filter((name) => name.startsWith(alike))
    if (kept.length >= MAX_EVIDENCE) return
    await writeFile(join(evidence, `${alike}${size}.${root.toString('hex').slice(0, 16)}.add-checkpoint`), request)
  }
}
