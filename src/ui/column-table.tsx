import type { ColumnUse, ColumnUses, TableHead } from '../core/table.ts'
import styles from './columns-dialog.module.css'
import { formatMany } from './numbers.ts'

const USES: readonly (readonly [use: ColumnUse, name: string])[] = [
  ['title', 'Title'],
  ['text', 'Text'],
  ['tags', 'Tags'],
  ['date', 'Date'],
  ['nothing', 'Leave out'],
]

/** Columns that are listed. Nested data may have thousands. */
const LISTED = 200

interface ColumnTableProps {
  readonly head: TableHead
  readonly uses: ColumnUses
  readonly onChange: (column: string, use: ColumnUse) => void
}

/** A line for each column: what it says in the first rows, and what it is read as. */
export function ColumnTable({ head, uses, onChange }: ColumnTableProps) {
  const left = uses.length - LISTED
  return (
    <>
      <table className={styles.columns}>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">First rows</th>
            <th scope="col">Read as</th>
          </tr>
        </thead>
        <tbody>
          {uses.slice(0, LISTED).map(([column, use], i) => (
            <tr key={column} data-use={use}>
              <th scope="row">{column}</th>
              <td>
                {head.rows.map((row, n) => (
                  // The first rows are all there are, and stay in their order.
                  // oxlint-disable-next-line react/no-array-index-key
                  <span key={n}>{row[i]}</span>
                ))}
              </td>
              <td>
                <select
                  aria-label={`Read ${column} as`}
                  value={use}
                  onChange={event => onChange(column, namedUse(event.currentTarget.value))}
                >
                  {USES.map(([value, name]) => (
                    <option key={value} value={value}>
                      {name}
                    </option>
                  ))}
                </select>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && <p className={styles.soft}>And {formatMany(left, 'other column', 'other columns')}.</p>}
    </>
  )
}

function namedUse(value: string): ColumnUse {
  return USES.find(([use]) => use === value)?.[0] ?? 'text'
}
