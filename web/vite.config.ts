/** Builds the console into `web/dist`, which the service serves under `/console/`. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

/** Where a running service answers while the console is worked on with `vite web`. */
const service = process.env.TWIN_LEDGER_URL ?? 'http://localhost:3000'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/console/',
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // The service's content security policy allows scripts of its own origin only: nothing may be inlined.
    assetsInlineLimit: 0,
    // The part that draws in three dimensions is large, and loaded only by those who look at a body.
    chunkSizeWarningLimit: 800,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: Object.fromEntries(['/api', '/oidc', '/log', '/health', '/fhir'].map((path) => [path, service])),
  },
})
