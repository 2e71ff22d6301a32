import { type AnyModel } from '../model.js'
import { phenoAge2018 } from './ageing-phenoage-2018/model.js'
import { eleveldPropofol2018 } from './anaes-eleveld-propofol-2018/model.js'
import { anthropometry } from './body-anthropometry/model.js'
import { leftVentricle } from './body-lv-truncated-ellipsoid/model.js'
import { prevent2023 } from './cvd-prevent-2023/model.js'
import { score2 } from './cvd-score2-2021/model.js'
import { score2Diabetes } from './cvd-score2-diabetes-2023/model.js'
import { treatmentEffect } from './cvd-treatment-effect/model.js'
import { hovorka2004 } from './glucose-hovorka-2004/model.js'
import { heartLoopBjordalsbakke2022 } from './heart-loop-bjordalsbakke-2022/model.js'
import { heartLoopShi2009 } from './heart-loop-shi-2009/model.js'
import { lvMassEcho } from './heart-lvmass-echo/model.js'
import { cpicPhenotype } from './pgx-cpic-phenotype/model.js'
import { warfarinIwpc2009 } from './pgx-warfarin-iwpc-2009/model.js'
import { mapEngineOneCompartmentOral } from './pk-map-engine-1cmt-oral/model.js'
import { vancomycinBuelga2005 } from './pk-vancomycin-buelga-2005/model.js'
import { vancomycinGoti2018 } from './pk-vancomycin-goti-2018/model.js'
import { renalFunction } from './renal-ckdepi2021-cockcroftgault/model.js'
import { randomNumbers } from './rng/model.js'
import { pPossum } from './surgery-p-possum/model.js'
import { sort } from './surgery-sort/model.js'
import { trialAnalysis } from './trial-analysis/model.js'
import { groupSequential } from './trial-group-sequential/model.js'
import { procovaPower } from './trial-procova-power/model.js'
import { trialSampleSize } from './trial-sample-size/model.js'
import { biologicalAge } from './ageing-what-if-markers/model.js'
import { heartDrugs } from './cvd-what-if-drugs/model.js'
import { mealAndInsulin } from './glucose-what-if-insulin/model.js'
import { propofolEmergence } from './anaes-what-if-infusion/model.js'
import { surgicalRecovery } from './surgery-what-if-plan/model.js'
import { vancomycinRegimen } from './pk-what-if-vancomycin/model.js'

/** Every model of the house, in the order of its identifiers. */
export const MODEL_LIBRARY: readonly AnyModel[] = [
  phenoAge2018,
  eleveldPropofol2018,
  anthropometry,
  leftVentricle,
  prevent2023,
  score2,
  score2Diabetes,
  treatmentEffect,
  hovorka2004,
  heartLoopBjordalsbakke2022,
  heartLoopShi2009,
  lvMassEcho,
  cpicPhenotype,
  warfarinIwpc2009,
  mapEngineOneCompartmentOral,
  vancomycinBuelga2005,
  vancomycinGoti2018,
  renalFunction,
  randomNumbers,
  pPossum,
  sort,
  trialAnalysis,
  groupSequential,
  procovaPower,
  trialSampleSize,
  biologicalAge,
  heartDrugs,
  mealAndInsulin,
  propofolEmergence,
  surgicalRecovery,
  vancomycinRegimen,
]
