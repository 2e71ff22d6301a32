/** The door to the twins: one patient's share of a bundle goes through, and only as a command. */
import { Injectable } from '@nestjs/common'
import { CommandBus } from '@nestjs/cqrs'
import type { Caller } from '../../identity/caller.js'
import type { CommandContext } from '../../journal/command-context.js'
import {
  IngestPatientRecord,
  type IngestedRecord,
  type PatientRecord,
} from '../../twins/commands/ingest-patient-record.js'

/** Records one patient's share, all of it or nothing. */
export abstract class PatientRecorder {
  abstract record(context: CommandContext, record: PatientRecord, caller?: Caller): Promise<IngestedRecord>
}

@Injectable()
export class CommandBusRecorder extends PatientRecorder {
  constructor(private readonly commands: CommandBus) {
    super()
  }

  /** @throws what the handler of IngestPatientRecord throws */
  record(context: CommandContext, record: PatientRecord, caller?: Caller): Promise<IngestedRecord> {
    return this.commands.execute(new IngestPatientRecord(context, record, caller))
  }
}
