import { assessRisk, type ModelCard } from '../../model-card.js'

/** Model card of the linear echo mass. */
export const card: ModelCard = {
  id: 'heart.lvmass-echo',
  version: '1.0.0',
  title: 'Left ventricular mass by the linear method',
  doi: ['10.1016/j.echo.2014.10.003', '10.1016/0002-9149(86)90771-X'],
  questionOfInterest: 'How heavy is the left ventricle, and is its wall thick for its diameter?',
  contextOfUse: 'Adults with a normally shaped ventricle; screening for hypertrophy and following it.',
  risk: assessRisk('low', 'medium'),
  inputs: [
    { name: 'lvidd_cm', codes: ['loinc|29436-3'], maximumAge: 'P1Y', whenMissing: 'refuse' },
    { name: 'ivsd_cm', codes: ['loinc|18154-5'], maximumAge: 'P1Y', whenMissing: 'refuse' },
    { name: 'lvpwd_cm', codes: ['loinc|18152-9'], maximumAge: 'P1Y', whenMissing: 'refuse' },
  ],
  outputs: ['lvMass_g: g, not indexed to body size', 'rwt: ratio; above 0.42 is concentric'],
  verification: ['Reference vectors, relative error below 1e-9', 'Property: mass rises with each measurement'],
  validation: [
    {
      population: 'Necropsy comparison',
      n: 52,
      metric: 'correlation 0.92 with the weighed mass',
      citation: '10.1016/0002-9149(86)90771-X',
      unverified: true,
    },
  ],
  uncertainty: {
    parameter: 'Regression on necropsy; residual SD about 30 g.',
    measurement: 'Errors of a linear measurement are cubed: 1 mm of wall is about 15 g.',
    structural: 'Compare with body.lv-truncated-ellipsoid where the length is known.',
  },
  limits: {
    refused: ['Implausible measurements: diameter outside 1-12 cm, walls outside 0.2-5 cm'],
    stated: ['Not in asymmetric hypertrophy or dilated, remodelled ventricles'],
  },
  knownBias: ['The cube assumption overestimates large ventricles'],
  conflictsResolved: [],
}
