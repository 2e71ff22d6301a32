/** What identifies the code and the numbers of a model: recorded in every run and compared when it is repeated. */
import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { join, posix } from 'node:path'
import { canonicalJson } from '../../ledger/canonical-json.js'
import { projectRoot } from '../../platform/project-root.js'
import type { AnyModel } from '../model.js'
import { modelSourceText } from './source-text.js'

/** SHA-256, lower-case hexadecimal. */
export interface ModelDigests {
  /**
   * Over the TypeScript text of the model and of everything under `models/` that it imports, in the order of paths, and over
   * name and version of the packages they import: one line `<path> <SHA-256>` or `<package> <version>` each.
   */
  code: string
  /** Over the canonical JSON (RFC 8785) of the coefficients. */
  coefficients: string
}

const known = new WeakMap<AnyModel, ModelDigests>()
const coefficientDigests = new WeakMap<object, string>()

/** The digests of a model of the library, the same whether it runs from its sources or compiled. */
export function modelDigests(model: AnyModel): ModelDigests {
  const digests = known.get(model) ?? {
    code: sha256(linesOf(folderOf(model)).join('')),
    coefficients: coefficientDigest(model),
  }
  known.set(model, digests)
  return digests
}

/** Computed once for each set of coefficients, which never change: every run asks for it. */
export function coefficientDigest({ coefficients }: Pick<AnyModel, 'coefficients'>): string {
  const digest = coefficientDigests.get(coefficients) ?? sha256(canonicalJson(coefficients))
  coefficientDigests.set(coefficients, digest)
  return digest
}

/** The folder of a model is its id with dashes. */
function folderOf({ id }: AnyModel): string {
  return `library/${id.replaceAll(/[.+]/g, '-')}`
}

function linesOf(folder: string): string[] {
  const lines = new Map<string, string>()
  const visit = (path: string): void => {
    if (lines.has(path)) return
    const text = modelSourceText(path)
    lines.set(path, `${path} ${sha256(text)}\n`)
    for (const specifier of importsOf(text)) {
      if (!specifier.startsWith('.')) lines.set(specifier, `${specifier} ${packageVersion(specifier)}\n`)
      else {
        const imported = posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts')
        // What lies above models/ has no part in a result.
        if (!imported.startsWith('..')) visit(imported)
      }
    }
  }
  visit(`${folder}/model.ts`)
  return [...lines].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, line]) => line)
}

function importsOf(text: string): string[] {
  return [...text.matchAll(/^(?:import|export)\b[^'";]*?from '([^']+)'/gms)].map(([, specifier]) => specifier!)
}

function packageVersion(name: string): string {
  const require = createRequire(join(projectRoot(), 'package.json'))
  return (require(`${name}/package.json`) as { version: string }).version
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
