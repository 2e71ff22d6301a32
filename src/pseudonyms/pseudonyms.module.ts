import { Module } from '@nestjs/common'
import { APP_INTERCEPTOR } from '@nestjs/core'
import { ContextPseudonyms } from '../vault/context-pseudonyms.js'
import { DerivedSecrets } from '../vault/derived-secrets.js'
import { CursorInterceptor } from './cursor.interceptor.js'
import { PseudonymInterceptor } from './pseudonym.interceptor.js'
import { RequestContext } from './request-context.js'
import { SealedCursors } from './sealed-cursors.js'

/** Other names in each trial, for those who must not link, and cursors that tell nobody anything. */
@Module({
  providers: [
    {
      provide: ContextPseudonyms,
      inject: [DerivedSecrets],
      useFactory: (secrets: DerivedSecrets) => new ContextPseudonyms(secrets),
    },
    {
      provide: SealedCursors,
      inject: [DerivedSecrets],
      useFactory: (secrets: DerivedSecrets) => new SealedCursors(secrets),
    },
    RequestContext,
    // Outermost: the veil sees answers as the lists write them.
    { provide: APP_INTERCEPTOR, useClass: CursorInterceptor },
    { provide: APP_INTERCEPTOR, useClass: PseudonymInterceptor },
  ],
})
export class PseudonymsModule {}
