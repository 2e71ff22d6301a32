/**
 * Volume of the left ventricle from its internal diameter at end-diastole (Teichholz 1976, doi:10.1016/0002-9149(76)90491-4).
 * It assumes the usual ratio of length to diameter, so it misleads in ventricles of another shape.
 * @param diameter_cm above 0.
 * @returns mL.
 */
export function teichholzVolume(diameter_cm: number): number {
  return (7 / (2.4 + diameter_cm)) * diameter_cm * diameter_cm * diameter_cm
}
