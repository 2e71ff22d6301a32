/** Module hooks that let a child process of a test run the TypeScript sources as they are. */
import { fileURLToPath } from 'node:url'
import { transformFile } from '@swc/core'

/** @type {import('node:module').ResolveHook} */
export async function resolve(specifier, context, next) {
  try {
    return await next(specifier, context)
  } catch (error) {
    if (!/^(\.{1,2}\/|file:).*\.js$/.test(specifier)) throw error
    return next(specifier.replace(/\.js$/, '.ts'), context)
  }
}

/** @type {import('node:module').LoadHook} */
export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context)
  const { code } = await transformFile(fileURLToPath(url))
  return { format: 'module', source: code, shortCircuit: true }
}
