import { PanelLeft, Settings } from 'lucide-react'
import layout from './layout.module.css'
import controls from './controls.module.css'
import { SearchField } from './search-field.tsx'

export const LIBRARY_TOGGLE = 'library-toggle'
export const MENU_BUTTON = 'menu-button'

interface HeaderProps {
  readonly libraryShown: boolean
  readonly onToggleLibrary: () => void
  readonly onMenu: () => void
}

export function Header({ libraryShown, onToggleLibrary, onMenu }: HeaderProps) {
  return (
    <header className={layout.header}>
      <div className={layout.brand}>
        <img src={`${import.meta.env.BASE_URL}icons/icon.svg`} alt="" width={24} height={24} />
        <h1>Belfry</h1>
      </div>
      <SearchField />
      <button
        type="button"
        className={`${controls.icon} ${layout.libraryToggle}`}
        id={LIBRARY_TOGGLE}
        aria-label="Library"
        aria-expanded={libraryShown}
        onClick={onToggleLibrary}
      >
        <PanelLeft size={18} />
      </button>
      <button type="button" className={controls.icon} id={MENU_BUTTON} aria-label="Menu" onClick={onMenu}>
        <Settings size={18} />
      </button>
    </header>
  )
}
