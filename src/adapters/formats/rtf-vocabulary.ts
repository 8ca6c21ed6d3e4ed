/** Where the text of a group goes. */
export type Destination =
  | 'text'
  | 'skip'
  | 'fonts'
  | 'styles'
  | 'title'
  | 'author'
  | 'info'
  | 'created'
  | 'note'

/** Control words that begin a group with a use of its own. */
export const DESTINATIONS: Readonly<Record<string, Destination>> = {
  fonttbl: 'fonts',
  stylesheet: 'styles',
  info: 'info',
  title: 'title',
  author: 'author',
  creatim: 'created',
  footnote: 'note',
}
/** Those whose groups hold nothing to read. */
export const SKIPPED: ReadonlySet<string> = new Set(
  (
    'colortbl filetbl listtable listoverridetable revtbl rsidtbl generator pict object objdata themedata datastore ' +
    'colorschememapping latentstyles xmlnstbl mmathPr fldinst header headerl headerr headerf footer footerl footerr ' +
    'footerf ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn bkmkstart bkmkend nonshppict private tc xe rxe pgdsctbl ' +
    'subject keywords comment operator doccomm hlinkbase category manager company revtim printim buptim annotation atnid atnauthor'
  ).split(' '),
)
/** Destinations behind `\*` whose text is read all the same. */
export const READ_ALL_THE_SAME: ReadonlySet<string> = new Set([
  'shptxt',
  'shpinst',
  'fldrslt',
  'listtext',
  'pntext',
])
/** Controls that stand for characters. */
export const CHARACTERS: Readonly<Record<string, string>> = {
  line: '\n',
  tab: '\t',
  emdash: '—',
  endash: '–',
  bullet: '•',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  emspace: ' ',
  enspace: ' ',
  qmspace: ' ',
  '~': '\u00A0',
  _: '\u2011',
}
