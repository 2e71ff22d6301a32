import { NotFound } from '../../platform/errors.js'
import { MODEL_LIBRARY } from '../library/index.js'
import type { AnyModel } from '../model.js'

export function findInLibrary(id: string): AnyModel | undefined {
  return MODEL_LIBRARY.find((candidate) => candidate.id === id)
}

/** A model of the library. @throws NotFound `model-not-found` */
export function findModel(id: string): AnyModel {
  const model = findInLibrary(id)
  if (!model) throw new NotFound('model-not-found', 'There is no such model.')
  return model
}
