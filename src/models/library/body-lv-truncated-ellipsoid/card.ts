import { assessRisk, type ModelCard } from '../../model-card.js'

/** Model card of the truncated ellipsoid. */
export const card: ModelCard = {
  id: 'body.lv-truncated-ellipsoid',
  version: '1.0.0',
  title: 'Left ventricle as a truncated ellipsoid with the 17 segments of the AHA',
  doi: ['10.1098/rspa.2015.0641', '10.1161/hc0402.102975'],
  questionOfInterest: 'What shape, volumes and mass has this left ventricle?',
  contextOfUse:
    'Visualisation and idealised geometry of a left ventricle from echo measurements; not for intervention planning.',
  risk: assessRisk('low', 'low'),
  inputs: [
    { name: 'aEndo_mm', codes: ['loinc|29436-3'], maximumAge: 'P1Y', whenMissing: 'refuse; half of the diameter' },
    { name: 'cEndo_mm', codes: [], whenMissing: 'refuse; fitted to the cavity volume' },
    {
      name: 'aEpi_mm',
      codes: ['loinc|18154-5', 'loinc|18152-9'],
      maximumAge: 'P1Y',
      whenMissing: 'refuse; endocardium and mean wall thickness',
    },
    { name: 'cEpi_mm', codes: [], whenMissing: 'refuse' },
    { name: 'baseZ_mm', codes: [], whenMissing: 'refuse; 5/17 of the long half-axis is usual' },
  ],
  outputs: ['Volumes in mm3, mass in g, whole and by segment; watertight meshes of wall and cavity'],
  verification: [
    'Reference vectors, relative error below 1e-9; the benchmark ellipsoid of Land 2015',
    'Properties: meshes are watertight and within 0.5 % of the analytic volume; segments add up to the wall',
  ],
  validation: [
    {
      population: 'Benchmark problem of cardiac mechanics, 11 codes',
      n: null,
      metric: 'geometry of problem 2, by definition',
      citation: '10.1098/rspa.2015.0641',
    },
  ],
  uncertainty: {
    parameter: 'Density of myocardium 1.04 to 1.06 g/mL in the literature; 1.05 here.',
    measurement: 'Linear echo dimensions vary by about 2 mm between readers, so mass by about 15 %.',
    structural: 'Real ventricles are not axially symmetric; remodelled ones least of all.',
  },
  limits: {
    refused: ['Epicardium inside the endocardium', 'Base beyond the ends of the cavity', 'Half-axes outside 1-200 mm'],
    stated: ['Aneurysm, congenital disease and regional thickening have no place in the shape'],
  },
  knownBias: ['Papillary muscles and trabeculae count as cavity'],
  conflictsResolved: [],
}
