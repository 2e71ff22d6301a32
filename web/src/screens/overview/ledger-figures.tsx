import { readServedLog } from '../../api/log.js'
import { countTwins } from '../../api/twins.js'
import { useResource } from '../../api/use-resource.js'
import { Figures } from '../../components/details.js'
import { Loaded } from '../../components/loaded.js'
import { Count } from '../../components/values.js'
import { toBase64 } from '../../log/bytes.js'
import { parseCheckpoint } from '../../log/checkpoint.js'
import { Link } from '../../routing/link.js'

/** How long the log is and what fixes it. */
export function LogFigures() {
  const { resource, reload } = useResource('log', readServedLog)
  return (
    <Loaded resource={resource} retry={reload} what="the checkpoint">
      {({ note }) => {
        const { origin, size, root } = parseCheckpoint(note)
        return (
          <Figures
            items={[
              ['Events in the log', <Count of={size} />],
              ['Log', <span className="mono">{origin}</span>],
              [
                'Root of the newest checkpoint',
                <span className="mono">
                  {toBase64(root).slice(0, 16)}… <Link to="/log">verify</Link>
                </span>,
              ],
            ]}
          />
        )
      }}
    </Loaded>
  )
}

/** How many twins are open to the reader, and what they hold. */
export function TwinFigures() {
  const { resource, reload } = useResource('twin count', countTwins)
  return (
    <Loaded resource={resource} retry={reload} what="the number of twins">
      {({ twins, active, withdrawn, merged, facts, openFindings }) => (
        <Figures
          items={[
            ['Twins open to you', <Count of={twins} />],
            ['Active', <Count of={active} />],
            ['Withdrawn from use', <Count of={withdrawn} />],
            ['Merged', <Count of={merged} />],
            ['Facts', <Count of={facts} />],
            ['Open findings', <Count of={openFindings} />],
          ]}
        />
      )}
    </Loaded>
  )
}
