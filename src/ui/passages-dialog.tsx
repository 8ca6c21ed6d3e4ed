import { useEffect } from 'react'
import { DEFAULT_PASSAGES, type PassageSettings, sameCut } from '../core/passage-settings.ts'
import type { PassagesState } from '../core/passages-state.ts'
import { useApp, useAppState } from './app-context.ts'
import { Choices } from './choices.tsx'
import controls from './controls.module.css'
import { CutAgain } from './cut-again.tsx'
import { Dialog } from './dialog.tsx'
import styles from './choices.module.css'
import { formatCount } from './numbers.ts'

/** How documents are cut into passages, for those that are added, and for all of them when somebody asks. */
export function PassagesDialog({ onClose }: { readonly onClose: () => void }) {
  const { engine } = useApp()
  const state = useAppState(state => state.passages)
  useEffect(() => {
    void engine.measurePassages()
  }, [engine])
  return (
    <Dialog title="Passages" onClose={onClose}>
      <p>
        Belfry cuts every document into passages, at headings and between sentences, and a search finds these.
        What you choose here holds for what is added from now on. A token is a word or a piece of one, as the
        model reads it.
      </p>
      {state !== undefined && <Settings state={state} />}
      {state !== undefined && <CutAgain state={state} />}
    </Dialog>
  )
}

function Settings({ state: { settings, tokens, running } }: { readonly state: PassagesState }) {
  const { engine } = useApp()
  const choose = (changed: Partial<PassageSettings>) => void engine.choosePassages(changed)
  const upTo = (size: PassageSettings['size']) =>
    tokens === undefined ? '' : ` Up to ${formatCount(tokens[size])} tokens.`
  const disabled = running !== undefined
  return (
    <>
      <Choices
        legend="Length"
        chosen={settings.size}
        disabled={disabled}
        onChoose={size => choose({ size })}
        choices={[
          ['short', 'Short', `More exact places, with less around them.${upTo('short')}`],
          ['normal', 'Normal', `About a paragraph or two.${upTo('normal')}`],
          ['long', 'Long', `More in one place, and less exact.${upTo('long')}`],
        ]}
      />
      <Choices
        legend="Overlap"
        chosen={settings.overlap}
        disabled={disabled}
        onChoose={overlap => choose({ overlap })}
        choices={[
          ['none', 'None', 'Every sentence is in one passage.'],
          ['little', 'A little', 'A passage begins with the last sentence or two of the one before.'],
          ['much', 'Much', 'About a quarter is said twice. Takes more space.'],
        ]}
      />
      <section className={styles.choices} aria-label="Headings">
        <label className={styles.choice}>
          <input
            type="checkbox"
            checked={settings.trail}
            disabled={disabled}
            onChange={event => choose({ trail: event.currentTarget.checked })}
          />
          <span>
            Read the headings above a passage with it
            <span className={styles.words}>
              Without them a passage is found by its own words and the title alone.
            </span>
          </span>
        </label>
        {!sameCut(settings) && (
          <div className={controls.row}>
            <button
              type="button"
              className={controls.quiet}
              disabled={disabled}
              onClick={() => choose(DEFAULT_PASSAGES)}
            >
              As it was at first
            </button>
          </div>
        )}
      </section>
    </>
  )
}
