/** Organ meshes as a person reads them. */
import type { MeshFinding } from '../../../../src/body/mesh/inspect-mesh.js'

/** Organs that are attached most, by the UBERON anatomy ontology; any other has its code. */
export const ORGANS: Readonly<Record<string, string>> = {
  'UBERON:0000948': 'heart',
  'UBERON:0004538': 'left kidney',
  'UBERON:0004539': 'right kidney',
  'UBERON:0002107': 'liver',
  'UBERON:0002048': 'lung',
  'UBERON:0000955': 'brain',
  'UBERON:0000947': 'aorta',
  'UBERON:0001264': 'pancreas',
  'UBERON:0002106': 'spleen',
}

export const organText = (organ: string): string => ORGANS[organ] ?? organ

export const FINDING_WORDS: Record<MeshFinding, string> = {
  'not-watertight': 'not watertight: no volume can be taken from it',
  'carries-extras': 'carries notes of another program',
  'carries-animation': 'carries movement, which is not played',
  'carries-images': 'carries pictures',
}
