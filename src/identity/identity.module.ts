import { type DynamicModule, type FactoryProvider, Module, type ModuleMetadata } from '@nestjs/common'
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core'
import { type AuthenticateCaller, createAuthentication } from './authenticate-caller.js'
import { AuthoriseGuard } from './authorise.guard.js'
import { pseudonymousActorId } from './caller.js'
import {
  ACTOR_ID_OF,
  type ActorIdOf,
  AUTHENTICATE_CALLER,
  IDENTITY_OPTIONS,
  type IdentityOptions,
  REFUSAL_RECORDER,
  REVOCATION_LIST,
} from './identity.tokens.js'
import { PolicyService } from './policy.service.js'
import { noRefusalRecorder, type RefusalRecorder } from './refusal-recorder.js'
import { InMemoryRevocationList, type RevocationList } from './revocation-list.js'
import { ScopeCheckedInterceptor } from './scope-checked.interceptor.js'

export interface IdentityModuleAsyncOptions {
  imports?: ModuleMetadata['imports']
  inject?: FactoryProvider['inject']
  useFactory: FactoryProvider<IdentityOptions>['useFactory']
}

/** Who is calling and what they may do, for the whole application: installs the guard in front of every route. */
@Module({})
export class IdentityModule {
  static forRoot(options: IdentityOptions): DynamicModule {
    return IdentityModule.forRootAsync({ useFactory: () => options })
  }

  /** For options that need other providers, such as a recorder that writes to the ledger. */
  static forRootAsync({ imports, inject, useFactory }: IdentityModuleAsyncOptions): DynamicModule {
    return {
      module: IdentityModule,
      global: true,
      imports,
      providers: [
        { provide: IDENTITY_OPTIONS, inject, useFactory },
        {
          provide: REVOCATION_LIST,
          inject: [IDENTITY_OPTIONS],
          useFactory: ({ revocations }: IdentityOptions) => revocations ?? new InMemoryRevocationList(),
        },
        {
          provide: ACTOR_ID_OF,
          inject: [IDENTITY_OPTIONS],
          useFactory:
            ({ actorSecret, issuer }: IdentityOptions): ActorIdOf =>
            (sub) =>
              pseudonymousActorId(actorSecret, issuer, sub),
        },
        {
          provide: REFUSAL_RECORDER,
          inject: [IDENTITY_OPTIONS],
          useFactory: ({ refusals }: IdentityOptions) => refusals ?? noRefusalRecorder,
        },
        {
          provide: AUTHENTICATE_CALLER,
          inject: [IDENTITY_OPTIONS, REVOCATION_LIST],
          useFactory: (options: IdentityOptions, revocations: RevocationList): AuthenticateCaller =>
            createAuthentication({ ...options, revocations }),
        },
        {
          provide: PolicyService,
          inject: [REFUSAL_RECORDER],
          useFactory: (refusals: RefusalRecorder) => new PolicyService(refusals),
        },
        { provide: APP_GUARD, useClass: AuthoriseGuard },
        { provide: APP_INTERCEPTOR, useClass: ScopeCheckedInterceptor },
      ],
      exports: [ACTOR_ID_OF, AUTHENTICATE_CALLER, REVOCATION_LIST, REFUSAL_RECORDER, PolicyService],
    }
  }
}
