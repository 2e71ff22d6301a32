import { Module } from '@nestjs/common'
import { APP_INTERCEPTOR } from '@nestjs/core'
import { ContextPseudonyms } from '../vault/context-pseudonyms.js'
import { DerivedSecrets } from '../vault/derived-secrets.js'
import { PseudonymInterceptor } from './pseudonym.interceptor.js'
import { RequestContext } from './request-context.js'

/** Other names in each trial, for those who must not link. */
@Module({
  providers: [
    {
      provide: ContextPseudonyms,
      inject: [DerivedSecrets],
      useFactory: (secrets: DerivedSecrets) => new ContextPseudonyms(secrets),
    },
    RequestContext,
    { provide: APP_INTERCEPTOR, useClass: PseudonymInterceptor },
  ],
})
export class PseudonymsModule {}
