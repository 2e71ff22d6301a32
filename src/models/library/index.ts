import { type AnyModel } from '../model.js'
import { prevent2023 } from './cvd-prevent-2023/model.js'
import { mapEngineOneCompartmentOral } from './pk-map-engine-1cmt-oral/model.js'
import { vancomycinBuelga2005 } from './pk-vancomycin-buelga-2005/model.js'
import { vancomycinGoti2018 } from './pk-vancomycin-goti-2018/model.js'

/** Every model of the house, in the order of its identifiers. */
export const MODEL_LIBRARY: readonly AnyModel[] = [
  prevent2023,
  mapEngineOneCompartmentOral,
  vancomycinBuelga2005,
  vancomycinGoti2018,
]
