import { lazy, Suspense } from 'react'
import type { Mesh } from '../../api/meshes.js'
import { Panel } from '../../components/panel.js'
import { organText } from './mesh-words.js'

const Viewer = lazy(() => import('../body/viewer.js'))

export interface OpenedMesh {
  mesh: Mesh
  glb: ArrayBuffer
}

/** The mesh as it was attached, in three dimensions. */
export function MeshPicture({ opened: { mesh, glb } }: { opened: OpenedMesh }) {
  const organ = organText(mesh.organ)
  return (
    <Panel title={`The ${organ}, as attached`}>
      <p className="small quiet">
        The file is the one whose digest is on record. Its form comes from outside: nothing of it was computed here.
      </p>
      <Suspense fallback={<p role="status">Preparing the picture …</p>}>
        <Viewer glb={glb} label={`The mesh of the ${organ} with ${mesh.triangles} triangles.`} />
      </Suspense>
    </Panel>
  )
}
