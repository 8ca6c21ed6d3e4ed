/** Letters that are rare where an encoding is used, and common under the same codes of another one. */
const RARE: Readonly<Record<string, (letter: string) => boolean>> = {
  'windows-1252': letter => 'þýðÞÝÐ'.includes(letter),
  'windows-1254': letter => !'çğıöşüÇĞİÖŞÜâîû'.includes(letter),
  'windows-874': letter => 'ฃฅฦฌฆฏฎฑฒ'.includes(letter),
  shift_jis: letter => letter >= '\uFF61' && letter <= '\uFF9F',
}

/**
 * How much text looks like words in what is not ASCII: 1 where nothing speaks against it, below 0 where most of it does not. Signs
 * between letters, small letters before capitals, two scripts in a word and Latin words without a plain letter are what
 * text has that was decoded wrongly.
 */
export function likeWords(text: string, encoding: string): number {
  const isRare = RARE[encoding] ?? never
  let good = 0
  // Spanish closes each question that it opens.
  let bad = Math.max(0, text.split('¿').length - text.split('?').length)
  let all = 0
  let word = emptyWord()
  const end = () => {
    if (word.length === 0) return
    const mixed = (word.scripts & (word.scripts - 1)) === 0 ? 0 : 2
    const faults = word.faults + mixed + unplain(word)
    bad += faults
    good += Math.max(0, word.letters - word.rare - faults)
    word = emptyWord()
  }
  for (const character of text) {
    const { kind, script, letterCase } = traitsOf(character)
    if (kind === 'gap') {
      end()
      continue
    }
    word.length++
    if (kind === 'odd' || kind === 'letter') all++
    if (kind === 'odd') word.faults++
    if (kind === 'raised' && word.run >= 3) word.faults++
    if (kind !== 'letter' && kind !== 'plain') {
      if (kind !== 'inner') word.sign ||= word.last !== ''
      word.run = 0
      continue
    }
    if (word.sign) word.faults++
    word.sign = false
    if (word.last === 'lower' && letterCase === 'upper' && (kind === 'letter' || word.lastKind === 'letter'))
      word.faults++
    word.last = letterCase
    word.lastKind = kind
    word.run++
    word.scripts |= script
    if (kind === 'plain') word.plain++
    else {
      word.letters++
      if (script === LATIN) word.accented++
      if (isRare(character)) word.rare++
    }
  }
  end()
  return all === 0 ? 1 : Math.max(-2, (good - 3 * bad) / all)
}

type Kind = 'gap' | 'plain' | 'inner' | 'typography' | 'raised' | 'letter' | 'odd'
type Case = 'lower' | 'upper' | 'none'

interface Traits {
  readonly kind: Kind
  /** A bit of its own; 0 of what goes with every script. */
  readonly script: number
  readonly letterCase: Case
}

interface Word {
  length: number
  /** Beyond ASCII. */
  letters: number
  rare: number
  plain: number
  accented: number
  faults: number
  /** Bits of those met. */
  scripts: number
  /** Of the letter before; empty before the first. */
  last: Case | ''
  lastKind: Kind
  /** Letters since the last that was none. */
  run: number
  /** Whether a sign stands behind the letter before. */
  sign: boolean
}

function emptyWord(): Word {
  return {
    length: 0,
    letters: 0,
    rare: 0,
    plain: 0,
    accented: 0,
    faults: 0,
    scripts: 0,
    last: '',
    lastKind: 'gap',
    run: 0,
    sign: false,
  }
}

/** Latin words are mostly plain letters; those of another script, wrongly decoded, have none. */
function unplain({ accented, plain }: Word): number {
  return accented >= 3 && accented > plain ? accented : 0
}

const traits = new Map<string, Traits>()

/** Looked up once per character, since regular expressions for properties are slow. */
function traitsOf(character: string): Traits {
  const known = traits.get(character)
  if (known !== undefined) return known
  const found = { kind: kindOf(character), script: scriptOf(character), letterCase: caseOf(character) }
  traits.set(character, found)
  return found
}

// Compiled once: expressions of properties are slow to compile.
const PLAIN = /[A-Za-z]/
const INNER = /['’·\u00AD\d\u2010-\u2015-]/
const SPACE = /\s/
const RAISED = /[¹²³ªº]/
const TYPOGRAPHY = /[‘‚“”„«»‹›…•°§€£¥©®™¼½¾№¿¡×±]/
/** Ligatures are not typed; programs that set type put them in, and wrong decoders. */
const LETTER = /(?![\uFB00-\uFB4F])[\p{L}\p{M}]/u

function kindOf(character: string): Kind {
  if (PLAIN.test(character)) return 'plain'
  if (INNER.test(character)) return 'inner'
  if (character < '\u0080' || SPACE.test(character)) return 'gap'
  if (RAISED.test(character)) return 'raised'
  if (TYPOGRAPHY.test(character)) return 'typography'
  return LETTER.test(character) ? 'letter' : 'odd'
}

const LATIN = 1
const OTHER = 64

/** Blocks of Unicode, from where to before where. */
const SCRIPTS: readonly (readonly [from: number, to: number, script: number])[] = [
  [0x00, 0x0250, LATIN],
  [0x0370, 0x0400, 2],
  [0x0400, 0x0530, 4],
  [0x0590, 0x0600, 8],
  [0x0600, 0x0700, 16],
  [0x0e00, 0x0e80, 32],
  [0x1e00, 0x1f00, LATIN],
]

function scriptOf(character: string): number {
  const code = character.codePointAt(0) ?? 0
  // Marks go with every script.
  if (code >= 0x0300 && code < 0x0370) return 0
  return SCRIPTS.find(([from, to]) => code >= from && code < to)?.[2] ?? OTHER
}

function caseOf(character: string): Case {
  if (character !== character.toUpperCase()) return 'lower'
  return character === character.toLowerCase() ? 'none' : 'upper'
}

function never(): boolean {
  return false
}
