import type { ReactNode } from 'react'
import type { Listed } from '../api/http.js'
import type { Resource } from '../api/use-resource.js'
import { DataTable, type Column } from './data-table.js'
import { Empty, Loaded } from './loaded.js'
import { Pager } from './pager.js'
import { Panel } from './panel.js'

interface Props<Row> {
  title: string
  /** Of the table, where it says more than the title: in which order the rows are. */
  caption?: string
  /** What is being read, as in "the twins". */
  what: string
  /** Said when there is nothing. */
  empty: ReactNode
  /** From useList. */
  list: { resource: Resource<Listed<Row>>; reload: () => void }
  columns: Column<Row>[]
  rowKey: (row: Row) => string
}

/** A list of the service, a page at a time: the table in its panel, and the way on. */
export function ListPanel<Row>({ title, caption = title, what, empty, list, columns, rowKey }: Props<Row>) {
  return (
    <Loaded resource={list.resource} retry={list.reload} what={what}>
      {({ items, next }) => (
        <>
          <Panel title={title} flush>
            {items.length === 0 ? (
              <Empty>{empty}</Empty>
            ) : (
              <DataTable caption={caption} columns={columns} rows={items} rowKey={rowKey} />
            )}
          </Panel>
          <Pager next={next} />
        </>
      )}
    </Loaded>
  )
}
