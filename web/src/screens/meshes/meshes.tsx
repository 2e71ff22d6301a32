import { useState } from 'react'
import { listMeshes, readMesh, type Mesh } from '../../api/meshes.js'
import { useAction } from '../../api/use-action.js'
import { useResource } from '../../api/use-resource.js'
import { Badge } from '../../components/badge.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Notice } from '../../components/notice.js'
import { Panel } from '../../components/panel.js'
import { Problem } from '../../components/problem.js'
import { Actor, Count, Time } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { useMay } from '../../session/use-session.js'
import { AttachForm } from './attach-form.js'
import { DetachForm } from './detach-form.js'
import { FINDING_WORDS, organText } from './mesh-words.js'
import { MeshPicture, type OpenedMesh } from './mesh-picture.js'

/** The organ meshes attached to a twin: each with its digest, where it came from and what the check found, and the picture of one. */
export function Meshes({ twin }: { twin: string }) {
  const reads = useMay('mesh.read')
  const attaches = useMay('mesh.attach')
  if (!reads) return <Notice tone="caution">Your role does not see organ meshes.</Notice>
  return <Readable twin={twin} attaches={attaches} />
}

function Readable({ twin, attaches }: { twin: string; attaches: boolean }) {
  const { resource, reload } = useResource(`meshes ${twin}`, (signal) => listMeshes(twin, signal))
  const [opened, setOpened] = useState<OpenedMesh>()
  const opening = useAction(async (mesh: Mesh) => {
    setOpened(undefined)
    setOpened({ mesh, glb: await readMesh(twin, mesh) })
  })
  const changed = () => {
    setOpened(undefined)
    reload()
  }
  const columns: Column<Mesh>[] = [
    { title: 'Organ', show: ({ organ }) => organText(organ) },
    { title: 'Attached', show: (mesh) => <Source of={mesh} /> },
    { title: 'File', show: (mesh) => <File of={mesh} /> },
    { title: 'Check', show: ({ findings }) => <CheckResult findings={findings} /> },
    {
      title: 'Next',
      show: (mesh) => (
        <>
          <button type="button" className="button" disabled={opening.busy} onClick={() => void opening.run(mesh)}>
            Show it
          </button>
          {attaches && <DetachForm twin={twin} mesh={mesh.mesh} done={changed} />}
        </>
      ),
    },
  ]
  return (
    <Loaded resource={resource} retry={reload} what="the organ meshes">
      {(meshes) => (
        <>
          <Panel title="Organ meshes" flush>
            {meshes.length === 0 ? (
              <Empty>No organ mesh is attached to this twin.</Empty>
            ) : (
              <DataTable caption="Organ meshes" columns={columns} rows={meshes} rowKey={({ mesh }) => mesh} />
            )}
          </Panel>
          {opening.problem && <Problem problem={opening.problem} />}
          {opened && <MeshPicture key={opened.mesh.mesh} opened={opened} />}
          {attaches && <AttachForm twin={twin} done={changed} />}
        </>
      )}
    </Loaded>
  )
}

function Source({ of: { attachedAt, attachedBy, position } }: { of: Mesh }) {
  return (
    <>
      <Time at={attachedAt} /> by <Actor actor={attachedBy} /> · <Link to={`/audit/${position}`}>entry {position}</Link>
    </>
  )
}

function File({ of: { digest, bytes, triangles } }: { of: Mesh }) {
  return (
    <>
      <Count of={triangles} /> triangles, <Count of={Math.ceil(bytes / 1000)} /> kB
      <div className="small quiet">
        SHA-256 <code>{digest}</code>
      </div>
    </>
  )
}

function CheckResult({ findings }: { findings: Mesh['findings'] }) {
  if (findings.length === 0) return <Badge tone="good">sound and watertight</Badge>
  return (
    <>
      <Badge tone="caution">sound, with remarks</Badge>
      <ul className="small">
        {findings.map((finding) => (
          <li key={finding}>{FINDING_WORDS[finding]}</li>
        ))}
      </ul>
    </>
  )
}
