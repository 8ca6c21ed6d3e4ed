import type { Note } from '../belfry.ts'
import type { ExpectedDocument } from './kept-library.ts'

export interface KeptNote extends Note {
  readonly expected: ExpectedDocument
}

/**
 * Its passages are the same to the letter, and below the same heading, each time: so are their vectors, which take no room in
 * a file that is deflated.
 */
const QUIET_NIGHT = `${'The wind stayed in the west and the horizon remained empty until the relief boat signalled. '.repeat(13)}Nothing else was entered.`

/** More than 32,768 UTF-16 units, so that its text is stored in two segments. */
const YEAR = `# A year on the rock

## Arrival

They set me ashore in March with a barrel of flour, two goats and the key to the lantern room. The goats took to the rock at once.

## The log

${Array.from({ length: 29 }, () => QUIET_NIGHT).join('\n\n')}

## Leaving

In the end an engineer came, mounted an electric bulb and a clockwork switch, and told me that nobody would be needed any more.`

const TEA = `# お茶の時間 🍵

## 準備

お湯を八十度まで冷まし、急須に茶葉を入れて一分待ちます。😀👩‍🍳

## In English

Let the kettle cool before you pour, since boiling water makes green leaves bitter. 𝒯𝑒𝒶 is drunk from small cups.`

export const KEPT_NOTES: readonly KeptNote[] = [
  {
    name: 'year.md',
    text: YEAR,
    expected: {
      title: 'A year on the rock',
      words: 'engineer clockwork switch',
      meaning: 'gale and ocean observations',
      sentence: 'told me that nobody would be needed any more.',
    },
  },
  {
    name: 'お茶.md',
    text: TEA,
    expected: {
      title: 'お茶の時間 🍵',
      words: '急須に茶葉',
      meaning: 'brewing a hot drink',
      sentence: 'お湯を八十度まで冷まし、急須に茶葉を入れて一分待ちます。😀👩‍🍳',
    },
  },
  {
    name: 'bicycle.html',
    text: `<!doctype html><title>Bicycle care</title><nav>Home</nav><main><h1>Bicycle care</h1><h2>Tyres</h2><p>Pump the tyres once a week. A soft tyre wears out quickly &amp; makes you slow.</p><h2>Chain</h2><p>Wipe the chain dry after rain, then oil it link by link.</p></main>`,
    expected: {
      title: 'Bicycle care',
      words: 'soft tyre',
      meaning: 'cycling maintenance',
      sentence: 'A soft tyre wears out quickly & makes you slow.',
    },
  },
  {
    name: 'lease.txt',
    text: `Notes on our rental contract\n\nThe landlord wants three months' notice, in writing. The deposit is paid back after the keys are returned.`,
    expected: {
      title: 'Notes on our rental contract',
      words: 'deposit landlord',
      meaning: 'apartment lease agreement',
      sentence: 'The deposit is paid back after the keys are returned.',
    },
  },
]

/** Files that a tab is closed with: the first takes so long to read that none of them is taken in. */
export const UNTAKEN: readonly Note[] = [
  { name: 'long-story.txt', text: 'One more sentence of a story without an end. '.repeat(200_000) },
  { name: 'after-it.txt', text: 'A sentence of the story that comes after it. '.repeat(210_000) },
]
