import helmet from 'helmet'
import type { RequestHandler } from 'express'

/** Below it are the page of the API and printable certificates, whose style sheets are part of the page. */
const PAGES_WITH_STYLE = '/api/'

/**
 * Headers that tell browsers what an answer may do (OWASP Secure Headers Project): nothing but what comes from this service. The
 * console needs its own scripts, style sheets and requests, and images it makes itself; no script is ever inline.
 *
 * @param signInOrigin the one other origin that the console may ask: the issuer's, where people sign in
 */
export function securityHeaders(signInOrigin?: string): RequestHandler {
  const connections = signInOrigin === undefined ? ["'self'"] : ["'self'", signInOrigin]
  const strict = headersWith(["'self'"], connections)
  const withInlineStyle = headersWith(["'self'", "'unsafe-inline'"], connections)
  return (request, response, next) =>
    (request.path.startsWith(PAGES_WITH_STYLE) ? withInlineStyle : strict)(request, response, next)
}

function headersWith(styles: readonly string[], connections: readonly string[]): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        styleSrc: [...styles],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: [...connections],
        formAction: ["'self'"],
        baseUri: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
    xFrameOptions: { action: 'deny' },
  }) as RequestHandler
}
