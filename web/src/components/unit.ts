/** A UCUM unit in print: `1` is that of pure numbers, braces hold annotations, brackets belong to the code alone. */
export function inPrint(unit: string): string {
  if (unit === '1') return ''
  return ` ${unit
    .replaceAll(/[[\]{}]/g, '')
    .replaceAll('_', ' ')
    .replace(/m2$/, 'm²')
    .replace(/m3$/, 'm³')}`
}
