import { Injectable } from '@nestjs/common'
import { InjectDataSource } from '@nestjs/typeorm'
import type { Request } from 'express'
import { DataSource } from 'typeorm'
import type { Caller } from '../identity/caller.js'
import { NotFound } from '../platform/errors.js'
import { ContextPseudonyms } from '../vault/context-pseudonyms.js'
import { RESEARCH, type PseudonymContext } from './veil-answer.js'

/** Where requests name a person, a twin or something of theirs. */
const NAMES = ['id', 'twin', 'subject', 'patient', 'eventId', 'mesh'] as const
/** An id; FHIR's searches name a patient by a reference. */
const NAME = /^(Patient\/)?([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})$/i

type Parts = Record<string, unknown>

/** Finds in which trial a veiled caller speaks of somebody, and puts the ids of the records in place of the pseudonyms. */
@Injectable()
export class RequestContext {
  constructor(
    private readonly pseudonyms: ContextPseudonyms,
    @InjectDataSource() private readonly database: DataSource,
  ) {}

  /**
   * @returns the context of the pseudonyms that the request holds; for ids of the records themselves, the trial that the request
   *   names, else research; undefined when it is about nobody in particular
   */
  async settle(request: Request, caller: Caller): Promise<PseudonymContext | undefined> {
    const query = { ...request.query } as Parts
    // Express parses the query anew at each look; what is put in its place stays.
    Object.defineProperty(request, 'query', { value: query, writable: true, configurable: true })
    const parts = [request.params as Parts, query, asParts(request.body)]
    const asked = parts.map(({ trial }) => trial).find((trial) => typeof trial === 'string')
    const named = parts.flatMap((part) => NAMES.flatMap((name) => idsIn(part[name])).concat(idsIn(part['twins'])))
    if (named.length === 0) return asked
    const context = await this.contextOf(named, caller)
    if (context === undefined) return asked ?? RESEARCH
    if (asked !== undefined && asked !== context) throw new NotFound('twin-not-found', 'There is no such twin.')
    for (const part of parts) this.reveal(part, context)
    // What is asked for under a trial's name of somebody is done within that trial.
    if (request.method === 'POST' && context !== RESEARCH) asParts(request.body)['trial'] = context
    return context
  }

  /** The context under which one of the ids is that of a twin or of a person. */
  private async contextOf(named: readonly string[], { trials = [] }: Caller): Promise<PseudonymContext | undefined> {
    const guesses = [RESEARCH, ...trials].flatMap((context) =>
      named.map((id) => ({ context, id: this.pseudonyms.reveal(context, id.toLowerCase()) })),
    )
    const rows = await this.database.query<{ twin: string; subject: string }[]>(
      'select twin, subject from read.twin where twin = any ($1) or subject = any ($1)',
      [guesses.map(({ id }) => id)],
    )
    const known = new Set(rows.flatMap(({ twin, subject }) => [twin, subject]))
    return guesses.find(({ id }) => known.has(id))?.context
  }

  private reveal(part: Parts, context: PseudonymContext): void {
    for (const name of [...NAMES, 'twins'] as const) {
      const member = part[name]
      if (typeof member === 'string') part[name] = this.revealed(member, context)
      if (Array.isArray(member))
        part[name] = member.map((id: unknown) => (typeof id === 'string' ? this.revealed(id, context) : id))
    }
  }

  private revealed(text: string, context: PseudonymContext): string {
    const [, reference = '', id] = NAME.exec(text) ?? []
    return id === undefined ? text : reference + this.pseudonyms.reveal(context, id.toLowerCase())
  }
}

function asParts(body: unknown): Parts {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Parts) : {}
}

function idsIn(member: unknown): string[] {
  return [member].flat().flatMap((text) => (typeof text === 'string' ? (NAME.exec(text)?.[2] ?? []) : []))
}
