import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { InvalidRequest, NotFound } from '../../platform/errors.js'
import { projectRoot } from '../../platform/project-root.js'
import type { Tolerance } from './compare-vector.js'

/** One worked example of a model: what goes in, what must come out, how far it may be off. */
export interface Vector {
  readonly id: string
  readonly inputs: object
  readonly expected: unknown
  readonly tolerance: Tolerance
}

/** Vectors by model id. */
export interface VectorFile {
  readonly models: Readonly<Record<string, { readonly vectors: readonly Vector[] }>>
}

const NAME = 'public-vectors.json'

/** The vectors that come along with the project. */
export const publicVectorsPath = (): string => join(projectRoot(), 'tests', 'models', NAME)

/**
 * Reads vectors of all models.
 *
 * @param path a file, or a folder that holds `public-vectors.json`; default the project's own copy
 * @throws NotFound `vectors-not-found`; InvalidRequest `vectors-invalid`: the file is not of that shape
 */
export function readVectorFile(path = publicVectorsPath()): VectorFile {
  const file = existsSync(path) && statSync(path).isDirectory() ? join(path, NAME) : path
  if (!existsSync(file)) throw new NotFound('vectors-not-found', 'There is no vector file at that place.', { file })
  const read = parsed(readFileSync(file, 'utf8')) as Partial<VectorFile> | null
  const models = Object.values(read?.models ?? {})
  if (models.length === 0 || !models.every(({ vectors }) => Array.isArray(vectors)))
    throw new InvalidRequest('vectors-invalid', 'A vector file lists vectors under the id of each model.', { file })
  return read as VectorFile
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
