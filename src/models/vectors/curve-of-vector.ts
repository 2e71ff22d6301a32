/** Where a model takes the times at which its curve is read, and where its vectors keep the curve. */
const CURVES: Readonly<Record<string, { readonly times: string; readonly curve: string }>> = {
  'pk.vancomycin-goti-2018': { times: 'times_h', curve: 'typicalConc_mgL' },
  'pk.vancomycin-buelga-2005': { times: 'times_h', curve: 'conc' },
  'anaes.eleveld-propofol-2018': { times: 'times_min', curve: 'sim' },
  'glucose.hovorka-2004': { times: 'times_min', curve: 'glucose_mmolL' },
}

/**
 * Makes an executable pair of a vector whose expected curve is an object keyed by time: its times become an input, and
 * its keys the way numbers print ("30.0" as "30"). Other vectors pass through.
 */
export function readCurveOfVector(
  id: string,
  inputs: object,
  expected: unknown,
): { inputs: object; expected: unknown } {
  const place = CURVES[id]
  const curve = place === undefined ? undefined : (expected as Record<string, object> | null)?.[place.curve]
  if (place === undefined || curve === undefined) return { inputs, expected }
  const points = Object.entries(curve).map(([time, value]) => [Number(time), value] as const)
  return {
    inputs: { ...inputs, [place.times]: points.map(([time]) => time) },
    expected: {
      ...(expected as object),
      [place.curve]: Object.fromEntries(points.map(([time, value]) => [String(time), value])),
    },
  }
}
