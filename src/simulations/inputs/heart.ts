/** The left ventricle and the closed loop from echo and vital signs (cards: src/models/library/heart-*, body-lv-*). */
import { fitVentricle, type EchoMeasurements } from '../../models/library/body-lv-truncated-ellipsoid/fit.js'
import type { VentricleGeometry } from '../../models/library/body-lv-truncated-ellipsoid/geometry.js'
import {
  personalise,
  type RestingMeasurements,
} from '../../models/library/heart-loop-bjordalsbakke-2022/personalise.js'
import { DIASTOLIC, HEART_RATE, STATED, SYSTOLIC, vitalSign } from './common-rules.js'
import type { InputMapping } from './mapping.js'
import type { DerivedRule, EitherRule, MeasurementRule } from './rules.js'

/** Imaging of the heart under any of these codes, the first the nearest. */
export function echo(codes: readonly string[], unit: string, maximumAge: string): MeasurementRule {
  return { from: 'measurement', category: 'imaging', codes, unit, maximumAge }
}

/** Internal diameter, septum and posterior wall at end-diastole. */
const DIAMETER = '29436-3'
const SEPTUM = '18154-5'
const POSTERIOR_WALL = '18152-9'

/** As measured; else from the diameter by Teichholz, 7D³/(2.4 + D) with D in cm (10.1016/0002-9149(76)90491-4). */
function endDiastolicVolume(maximumAge: string): EitherRule {
  const byTeichholz: DerivedRule = {
    from: 'derived',
    by: 'Teichholz 1976',
    unit: 'mL',
    of: { diameter: echo([DIAMETER], 'cm', maximumAge) },
    compute: ({ diameter }) => (7 * Number(diameter) * Number(diameter) * Number(diameter)) / (2.4 + Number(diameter)),
  }
  return { from: 'either', rules: [echo(['18026-5'], 'mL', maximumAge), byTeichholz] }
}

/** As measured; else what the ejection fraction leaves. */
function endSystolicVolume(maximumAge: string): EitherRule {
  const byEjection: DerivedRule = {
    from: 'derived',
    by: 'EDV(1 - EF)',
    unit: 'mL',
    of: {
      volume: endDiastolicVolume(maximumAge),
      ejection: echo(['10230-1', '8806-2', '18043-0'], '1', maximumAge),
    },
    compute: ({ volume, ejection }) => Number(volume) * (1 - Number(ejection)),
  }
  return { from: 'either', rules: [echo(['18148-7'], 'mL', maximumAge), byEjection] }
}

/** What an echo measures along lines at end-diastole. */
export const LINEAR = {
  lvidd_cm: echo([DIAMETER], 'cm', 'P1Y'),
  ivsd_cm: echo([SEPTUM], 'cm', 'P1Y'),
  lvpwd_cm: echo([POSTERIOR_WALL], 'cm', 'P1Y'),
} as const

export const LV_MASS_MAPPING: InputMapping = { model: 'heart.lvmass-echo', version: '1.0.0', inputs: LINEAR }

function fitted(length: keyof VentricleGeometry): DerivedRule {
  return {
    from: 'derived',
    by: 'truncated ellipsoid fitted to diameter, mean wall thickness and cavity volume',
    unit: 'mm',
    of: { ...LINEAR, cavityVolume_mL: endDiastolicVolume('P1Y') },
    compute: (values) => fitVentricle(values as unknown as EchoMeasurements)[length],
  }
}

export const VENTRICLE_MAPPING: InputMapping = {
  model: 'body.lv-truncated-ellipsoid',
  version: '1.0.0',
  inputs: {
    aEndo_mm: fitted('aEndo_mm'),
    cEndo_mm: fitted('cEndo_mm'),
    aEpi_mm: fitted('aEpi_mm'),
    cEpi_mm: fitted('cEpi_mm'),
    baseZ_mm: fitted('baseZ_mm'),
  },
}

/** A loop of published parameters alone would be nobody's heart: for a twin all of these are asked. */
export const BJORDALSBAKKE_MAPPING: InputMapping = {
  model: 'heart.loop-bjordalsbakke-2022',
  version: '1.0.0',
  inputs: {
    overrides: {
      from: 'derived',
      by: 'first guesses from heart rate, pressures and volumes at rest',
      of: {
        heartRate: vitalSign(HEART_RATE, '/min', 'P90D'),
        SBP: vitalSign(SYSTOLIC, 'mm[Hg]', 'P90D'),
        DBP: vitalSign(DIASTOLIC, 'mm[Hg]', 'P90D'),
        EDV: endDiastolicVolume('P90D'),
        ESV: endSystolicVolume('P90D'),
      },
      compute: (values) => ({ ...personalise(values as unknown as RestingMeasurements) }),
    },
    beats: STATED,
    loopPoints: STATED,
  },
}

/** Of the four-chamber heart only the cycle is the person's own; the rest stays as published. */
export const SHI_MAPPING: InputMapping = {
  model: 'heart.loop-shi-2009',
  version: '1.0.0',
  inputs: {
    t_s: STATED,
    params: { from: 'fixed', value: 'published' },
    overrides: {
      from: 'derived',
      by: 'cycle of 60/heart rate seconds',
      of: { heartRate: vitalSign(HEART_RATE, '/min', 'P90D') },
      compute: ({ heartRate }) => ({ tau: 60 / Number(heartRate) }),
    },
  },
}
