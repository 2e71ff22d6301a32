/** A constant rate of infusion for some time. */
export interface RateSegment {
  readonly dur_min: number
  readonly rate_mg_min: number
}

/** A regimen sentence that cannot be read. */
export class UnreadableRegimen extends Error {
  constructor() {
    super('The regimen cannot be read.')
    this.name = 'UnreadableRegimen'
  }
}

const number = '(\\d+(?:\\.\\d+)?)'
const time = `${number}\\s*(h|hours?|hr|min|minutes?|s|sec|seconds?)`
const amount = '(mg|ug|mcg|µg)(\\/kg)?'
const dose = new RegExp(`^${number}\\s*${amount}(?:\\s+bolus)?\\s+(?:over|in)\\s+${time}$`, 'u')
const rate = new RegExp(`^${number}\\s*${amount}\\/(h|hr|min)\\s+(?:for|over)\\s+${time}$`, 'u')
const pause = new RegExp(`^(?:pause|wait|nothing|off|stop)\\s+(?:for\\s+)?${time}$`, 'u')

/**
 * Reads a sentence such as "2 mg/kg over 1 min, then 8 mg/kg/h for 60 min, then stop". Parts are joined by ", then",
 * a comma or a semicolon: a dose over a time, a rate for a time, a pause for a time, or a last "stop". A remark in
 * parentheses is passed over.
 * @param weight_kg for amounts per kg.
 * @throws UnreadableRegimen
 */
export function readRegimen(sentence: string, weight_kg: number): RateSegment[] {
  const parts = sentence
    .toLowerCase()
    .replace(/\([^)]*\)/gu, '')
    .split(/[,;]\s*(?:and\s+)?(?:then\s+)?|\s+then\s+/u)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  if (parts[parts.length - 1] === 'stop') parts.pop()
  if (parts.length === 0) throw new UnreadableRegimen()
  return parts.map((part) => readPart(part, weight_kg))
}

function readPart(part: string, weight_kg: number): RateSegment {
  const given = dose.exec(part)
  if (given !== null) {
    const [, value, unit, perKg, length, lengthUnit] = given
    const dur_min = minutes(length, lengthUnit)
    if (dur_min === 0) throw new UnreadableRegimen()
    return { dur_min, rate_mg_min: milligrams(value, unit, perKg, weight_kg) / dur_min }
  }
  const infused = rate.exec(part)
  if (infused !== null) {
    const [, value, unit, perKg, per, length, lengthUnit] = infused
    const rate_mg_min = milligrams(value, unit, perKg, weight_kg) / (per === 'min' ? 1 : 60)
    return { dur_min: minutes(length, lengthUnit), rate_mg_min }
  }
  const paused = pause.exec(part)
  if (paused !== null) return { dur_min: minutes(paused[1], paused[2]), rate_mg_min: 0 }
  throw new UnreadableRegimen()
}

function milligrams(
  value: string | undefined,
  unit: string | undefined,
  perKg: string | undefined,
  weight_kg: number,
): number {
  return (Number(value) / (unit === 'mg' ? 1 : 1000)) * (perKg === undefined ? 1 : weight_kg)
}

function minutes(value: string | undefined, unit = 'min'): number {
  if (unit.startsWith('h')) return Number(value) * 60
  return unit.startsWith('s') ? Number(value) / 60 : Number(value)
}
