/** What passes between the service and the thread on which shapes are built and checked. */
import type { SelectedInputs } from '../../simulations/queries/select-model-inputs.js'
import type { TwinReference } from '../compose/compose-body.js'

export type ComposeRequest =
  | { do: 'compose-left-ventricle'; of: TwinReference; selected: SelectedInputs }
  | { do: 'compose-body'; of: TwinReference; forOrgans: SelectedInputs; forVentricle: SelectedInputs }

export interface InspectRequest {
  do: 'inspect-mesh'
  /** Binary glTF, as received. */
  file: Uint8Array
}

export type ShapeRequest = ComposeRequest | InspectRequest

/** What may go into an event crosses as JSON text, like the outputs of a run, so that it is the same wherever it was computed. */
export type ShapeReply =
  | { status: 'built'; glb: Uint8Array }
  /** JSON of `{ reasons }`, or of an `Inspection`. */
  | { status: 'told'; json: string }
  | { status: 'failed'; code: 'shape-threw' }
