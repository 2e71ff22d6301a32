/**
 * oidc-provider warns at every import on Node.js 20, which the service supports and is tested on. Repeated by each spec file that
 * starts the service, the warning would bury the failures in a long run's output.
 */
const warn = console.warn.bind(console)

console.warn = (...values) => {
  if (!values.some((value) => String(value).includes('Unsupported runtime. Use Node.js'))) warn(...values)
}
