import type { PlacedBlock } from './html-block-writer.ts'

/** Letters of a page's main part that make it the page. */
const ENOUGH = 200
/** Of the text, what a guess may take away at most; beyond, it is the page that is of this kind. */
const MOST_GUESSED = 0.4

const HINTS =
  /(?:^|[\s_-])(?:cookies?|consent|gdpr|share|sharing|sharedaddy|social|related|recommended|recommendations|breadcrumbs?|newsletter|subscribe|subscription|promo|sponsored?|advert\w*|ads?|sidebar|pagination|popup|modal|paywall|skip-link|addtoany|disqus|comment-?(?:form|respond)|respond|toolbar|navbar|nav|menu|masthead|copyright)(?:$|[\s_-])/i

/** Whether the names that an element carries are those of what surrounds a page. */
export function looksLikeBoilerplate(name: string, attributes: Readonly<Record<string, string>>): boolean {
  if (name === 'body' || name === 'html' || name === 'main' || name === 'article') return false
  const names = `${attributes['class'] ?? ''} ${attributes['id'] ?? ''}`.slice(0, 500)
  return names.length > 1 && HINTS.test(names)
}

/**
 * The main part when it says enough, else all but boilerplate, else everything: a page is never lost. What only its
 * names or its many links give away as boilerplate goes as well, unless that is much of what is left.
 */
export function withoutBoilerplate(blocks: readonly PlacedBlock[]): readonly PlacedBlock[] {
  return withoutGuesses(
    withoutGuesses(placed(blocks), ({ hinted }) => hinted),
    isListOfLinks,
  )
}

function placed(blocks: readonly PlacedBlock[]): readonly PlacedBlock[] {
  const all = size(blocks)
  for (const place of [0, 1]) {
    const some = blocks.filter(block => block.place <= place)
    const n = size(some)
    if (n > ENOUGH || 2 * n > all) return some
  }
  return blocks
}

function withoutGuesses(
  blocks: readonly PlacedBlock[],
  guess: (block: PlacedBlock) => boolean,
): readonly PlacedBlock[] {
  const rest = blocks.filter(block => !guess(block))
  const [kept, all] = [size(rest), size(blocks)]
  return kept > ENOUGH && all - kept <= MOST_GUESSED * all ? rest : blocks
}

/** Short lines of nothing but links, as of a menu without a name. */
function isListOfLinks({ text, linked, level }: PlacedBlock): boolean {
  const lines = text.split('\n')
  return (
    level === undefined && lines.length >= 3 && linked >= 0.7 * text.length && text.length < 40 * lines.length
  )
}

function size(blocks: readonly PlacedBlock[]): number {
  return blocks.reduce((sum, { text }) => sum + text.length, 0)
}
