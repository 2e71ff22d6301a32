import { Badge } from '../../components/badge.js'

/** What a reader should know before relying on a value. */
export function Marks({ corrected, doubted }: { corrected: boolean; doubted: boolean }) {
  return (
    <>
      {corrected && <Badge>corrected</Badge>} {doubted && <Badge tone="caution">see data quality</Badge>}
    </>
  )
}
