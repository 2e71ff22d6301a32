/** Propofol by Eleveld (card: src/models/library/anaes-eleveld-propofol-2018/card.ts): who is asleep is read, how is stated. */
import { AGE, height, SEX, STATED, weight } from './common-rules.js'
import type { InputMapping } from './mapping.js'

export const ELEVELD_MAPPING: InputMapping = {
  model: 'anaes.eleveld-propofol-2018',
  version: '1.0.0',
  inputs: {
    age: AGE,
    weight_kg: weight('P90D'),
    height_cm: height('cm', 'P5Y'),
    sex: SEX,
    opioids: STATED,
    regimen: STATED,
    times_min: STATED,
    emergenceBIS: STATED,
  },
}
