import type { ReactNode } from 'react'

export interface Column<Row> {
  title: string
  /** What a row shows in this column. */
  show: (row: Row) => ReactNode
  numeric?: boolean
  /** Offers this order; the direction when it is the present one. */
  sort?: { direction: 'asc' | 'desc' | undefined; choose: () => void }
}

interface Props<Row> {
  caption: string
  columns: Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
}

/** A table whose first column names the row. On narrow screens each row becomes a card, still a table to those who listen. */
export function DataTable<Row>({ caption, columns, rows, rowKey }: Props<Row>) {
  return (
    <div className="table-scroll">
      <table className="stacking" role="table">
        <caption className="visually-hidden">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <HeaderCell key={column.title} column={column} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr role="row" key={rowKey(row)}>
              {columns.map((column, index) => (
                <Cell key={column.title} column={column} row={row} isName={index === 0} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function HeaderCell<Row>({ column: { title, numeric, sort } }: { column: Column<Row> }) {
  const ordered = sort?.direction && (sort.direction === 'asc' ? 'ascending' : 'descending')
  return (
    <th role="columnheader" scope="col" className={numeric ? 'numeric' : undefined} aria-sort={ordered}>
      {sort ? (
        <button type="button" className="sort" onClick={sort.choose}>
          {title} <span aria-hidden="true">{ordered ? (ordered === 'ascending' ? '▲' : '▼') : '↕'}</span>
        </button>
      ) : (
        title
      )}
    </th>
  )
}

function Cell<Row>({ column, row, isName }: { column: Column<Row>; row: Row; isName: boolean }) {
  const attributes = { 'data-label': column.title, className: column.numeric ? 'numeric' : undefined }
  const content = <div>{column.show(row)}</div>
  return isName ? (
    <th role="rowheader" scope="row" {...attributes}>
      {content}
    </th>
  ) : (
    <td role="cell" {...attributes}>
      {content}
    </td>
  )
}
