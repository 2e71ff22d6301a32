import { Global, Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { ChangeRosterHandler } from './commands/change-roster.js'
import { NamePersonHandler } from './commands/name-person.js'
import { OpenEmergencyHandler } from './commands/open-emergency.js'
import { ReportFailedSignInHandler } from './commands/report-failed-sign-in.js'
import { ReportOverdueReviewsHandler } from './commands/report-overdue-reviews.js'
import { RequestTicketHandler } from './commands/request-ticket.js'
import { EmergenciesController } from './emergencies/emergencies.controller.js'
import { ExplainedAccess } from './explained-access.js'
import { FailedSignIns } from './failed-sign-ins.js'
import { GrantAccess } from './grant-access.js'
import { GrantIds } from './grant-ids.js'
import { GrantsController } from './grants.controller.js'
import { LiveRoster } from './live-roster.js'
import { GetRosterHandler } from './queries/get-roster.js'
import { ListEmergenciesHandler } from './queries/list-emergencies.js'
import { ListTicketsHandler } from './queries/list-tickets.js'
import { NameOfPersonHandler } from './queries/name-of-person.js'
import { RosterController } from './roster.controller.js'
import { TicketsController } from './tickets/tickets.controller.js'

/** Who may come in, and as what. Global, because identity asks it about every request. */
@Global()
@Module({
  imports: [CqrsModule],
  controllers: [RosterController, GrantsController, EmergenciesController, TicketsController],
  providers: [
    LiveRoster,
    FailedSignIns,
    ExplainedAccess,
    OpenEmergencyHandler,
    RequestTicketHandler,
    ListTicketsHandler,
    ReportFailedSignInHandler,
    ReportOverdueReviewsHandler,
    ListEmergenciesHandler,
    GrantAccess,
    GrantIds,
    ChangeRosterHandler,
    NamePersonHandler,
    GetRosterHandler,
    NameOfPersonHandler,
  ],
  exports: [LiveRoster],
})
export class RosterModule {}
