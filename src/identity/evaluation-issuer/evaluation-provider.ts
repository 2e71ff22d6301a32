import { type AdapterFactory, type Configuration, errors, type KoaContextWithOIDC, Provider } from 'oidc-provider'
import { EVALUATION_ACR } from '../../platform/configuration.js'
import { accountClaims, type DemoAccounts } from './accounts.js'
import { API_SCOPE, EVALUATION_CONSOLE_CLIENT } from './console-client.js'
import { messagePage, signOutPage } from './pages.js'
import { SIGNING_ALGORITHM, type SigningKeys } from './signing-keys.js'

/** The resource indicator (RFC 8707) that stands for the API whatever the audience is called. */
const API_RESOURCE = 'urn:twin-ledger:api'

const HOUR = 3600

export interface ProviderIngredients {
  /** Path the issuer is mounted under, without a trailing slash. */
  mountPath: string
  audience: string
  accounts: DemoAccounts
  keys: SigningKeys
  clientSecrets: Readonly<Record<string, string>>
  cookieSecret: string
  redirectUris: readonly string[]
  adapter: AdapterFactory
  /** Told the account whose client secret was wrong. */
  onFailedSignIn: (account: string) => void
}

/** Makes the embedded provider. This module alone loads the provider library. */
export function createProvider(issuerUrl: string, ingredients: ProviderIngredients): Provider {
  const provider = new Provider(issuerUrl, configuration(ingredients))
  // The service itself speaks HTTP; an https issuer stands behind a proxy that ends TLS, and its cookies are secure.
  provider.proxy = issuerUrl.startsWith('https:')
  provider.on('grant.error', (ctx, { error }) => {
    const account = ctx.oidc.client?.clientId
    // Set once the client is known, and before its secret is compared: an unknown name is nobody's failure.
    if (error === 'invalid_client' && account !== undefined && ingredients.accounts.find(account))
      ingredients.onFailedSignIn(account)
  })
  return provider
}

/** Code flow with PKCE for the console, client credentials for the command line. */
function configuration(ingredients: ProviderIngredients): Configuration {
  const { mountPath, accounts, keys, adapter, cookieSecret } = ingredients
  const styleSheet = `${mountPath}/style.css`
  const show = (ctx: KoaContextWithOIDC, html: string): void => {
    ctx.type = 'html'
    ctx.body = html
  }

  return {
    adapter,
    jwks: { keys: [...keys.all()] },
    clientDefaults: { id_token_signed_response_alg: SIGNING_ALGORITHM },
    clients: [consoleClient(ingredients.redirectUris), ...accountClients(ingredients.clientSecrets)],
    acrValues: Object.values(EVALUATION_ACR),
    scopes: ['openid'],
    claims: { openid: ['sub', 'role'] },
    cookies: { keys: [cookieSecret], long: { path: mountPath } },
    pkce: { required: () => true },
    responseTypes: ['code'],
    clientBasedCORS: (_ctx, origin, client) =>
      (client.redirectUris ?? []).some((uri) => new URL(uri).origin === origin),
    interactions: { url: (_ctx, interaction) => `${mountPath}/sign-in/${interaction.uid}` },
    findAccount: (_ctx, name) => {
      const account = accounts.find(name)
      return account && { accountId: name, claims: () => ({ sub: name, role: account.role }) }
    },
    loadExistingGrant: grantToConsole,
    extraTokenClaims: (ctx, token) => {
      const account = accounts.find('accountId' in token ? token.accountId : (token.clientId ?? ''))
      const { authTime, acr, nonce } = ctx.oidc.entities.AuthorizationCode ?? {}
      return account && { ...accountClaims(account), auth_time: authTime, acr: acr ?? undefined, nonce }
    },
    renderError: (ctx, out) => show(ctx, messagePage('Sign-in failed', out.error_description ?? out.error, styleSheet)),
    ttl: {
      AccessToken: HOUR,
      AuthorizationCode: 60,
      ClientCredentials: HOUR,
      Grant: 8 * HOUR,
      IdToken: HOUR,
      Interaction: HOUR / 6,
      Session: 8 * HOUR,
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      userinfo: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => show(ctx, signOutPage(form, styleSheet)),
        postLogoutSuccessSource: (ctx) => show(ctx, messagePage('Signed out', 'You are signed out.', styleSheet)),
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => API_RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, resource) => {
          if (resource !== API_RESOURCE) throw new errors.InvalidTarget()
          return apiResource(ingredients.audience)
        },
      },
    },
  }
}

function apiResource(audience: string) {
  return {
    audience,
    scope: API_SCOPE,
    accessTokenFormat: 'jwt' as const,
    accessTokenTTL: HOUR,
    jwt: { sign: { alg: SIGNING_ALGORITHM } },
  } as const
}

function consoleClient(redirectUris: readonly string[]) {
  return {
    client_id: EVALUATION_CONSOLE_CLIENT.clientId,
    client_name: 'Twin Ledger console',
    token_endpoint_auth_method: 'none' as const,
    grant_types: ['authorization_code'],
    response_types: ['code' as const],
    redirect_uris: [...redirectUris],
    post_logout_redirect_uris: [...redirectUris],
  }
}

/** The client of an account bears the account's name, so that its tokens name the same subject as the console's. */
function accountClients(secrets: Readonly<Record<string, string>>) {
  return Object.entries(secrets).map(([name, secret]) => ({
    client_id: name,
    client_secret: secret,
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
  }))
}

/** The console is part of the service itself: choosing an account is consent enough, no page asks again. */
async function grantToConsole(ctx: KoaContextWithOIDC) {
  const { client, session, provider } = ctx.oidc
  const grant = new provider.Grant({ clientId: client?.clientId, accountId: session?.accountId })
  grant.addOIDCScope('openid')
  grant.addResourceScope(API_RESOURCE, API_SCOPE)
  await grant.save()
  return grant
}
