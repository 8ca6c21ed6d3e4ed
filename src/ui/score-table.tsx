import type { WAYS } from '../core/evaluation/report.ts'
import styles from './quality-view.module.css'

interface ScoreTableProps {
  readonly caption: string
  readonly head: readonly string[]
  readonly rows: readonly { readonly name: string; readonly values: readonly string[] }[]
}

/** Names in the first column, numbers in the others. */
export function ScoreTable({ caption, head, rows }: ScoreTableProps) {
  return (
    <table className={styles.table}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {head.map(name => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, values }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {values.map((value, i) => (
              <td key={head[i + 1]}>{value}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function wayWords(way: (typeof WAYS)[number]): string {
  return { bm25: 'Words', dense: 'Meaning', hybrid: 'Both' }[way]
}
