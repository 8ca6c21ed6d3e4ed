import { Dialog } from './dialog.tsx'
import styles from './dialog.module.css'

const SHORTCUTS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['/', 'Ctrl K'], 'Search'],
  [['↓', '↑', 'j', 'k'], 'Move through the results'],
  [['Enter'], 'Open the document at the passage'],
  [['n', 'p'], 'Next and previous hit in the document'],
  [['Esc'], 'One step back'],
  [['?'], 'Show this list'],
]

export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <table className={styles.shortcuts}>
        <tbody>
          {SHORTCUTS.map(([keys, what]) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td>
                {keys.map(key => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  )
}
