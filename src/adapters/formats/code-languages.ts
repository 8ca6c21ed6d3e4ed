/** How definitions look in a language: each pattern is tried on one line, its last group that matched is the name. */
export interface CodeLanguage {
  readonly extensions: string
  readonly mediaType: string
  readonly definitions: readonly RegExp[]
}

const NOT_A_NAME =
  '(?!(?:if|for|while|switch|catch|return|else|new|throw|do|case|await|yield|typeof|using|lock|sizeof|delete|goto|foreach|function|super|this)\\b)'

const SCRIPT = [
  /^\s{0,8}(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:function\s*\*?|class|interface|enum|namespace)\s+([\w$]+)/,
  /^(?:export\s+)?(?:declare\s+)?type\s+([\w$]+)\s*(?:<[^=]{0,200}>)?\s*=/,
  /^(?:export\s+)?(?:const|let|var)\s+([\w$]+)\s*(?::[^=]{0,200})?=\s*(?:async\s*)?(?:function\b|\([^()]{0,300}\)[^=]{0,100}=>|[\w$]+\s*=>)/,
  new RegExp(
    `^\\s{2,4}(?:(?:public|private|protected|static|async|override|get|set)\\s+)*${NOT_A_NAME}([\\w$#]+)\\s*\\([^()]{0,300}\\)[^;=()]{0,100}\\{$`,
  ),
]
const C_LIKE = [
  /^\s{0,8}(?:[\w@[\]()"]+\s+){0,6}?(?:class|interface|struct|enum|namespace|record|trait|protocol|extension|object|union|fun|func|def)\s+([\w:.]+)/,
  new RegExp(
    `^\\s{0,8}${NOT_A_NAME}(?:[\\w:<>,&*[\\]?.]+\\s+){1,6}[*&]{0,2}${NOT_A_NAME}([\\w:~]+)\\s*\\([^;={}]{0,300}(?:\\)[^;={}()]{0,120})?\\{?$`,
  ),
]

/** By families: what is cheap to tell from a line. */
const LANGUAGES: readonly CodeLanguage[] = [
  {
    extensions: 'js mjs cjs jsx ts mts cts tsx vue svelte',
    mediaType: 'text/javascript',
    definitions: SCRIPT,
  },
  {
    extensions: 'py pyi pyw pyx',
    mediaType: 'text/x-python',
    definitions: [/^\s{0,8}(?:async\s+)?(?:def|class)\s+(\w+)/],
  },
  {
    extensions: 'java kt kts cs c h cc cpp cxx hh hpp hxx m mm scala swift dart groovy glsl hlsl cu proto',
    mediaType: 'text/x-c',
    definitions: C_LIKE,
  },
  {
    extensions: 'go',
    mediaType: 'text/x-go',
    definitions: [/^func\s+(?:\([^)]{0,100}\)\s*)?(\w+)/, /^type\s+(\w+)/],
  },
  {
    extensions: 'rs',
    mediaType: 'text/x-rust',
    definitions: [
      /^\s{0,8}(?:pub(?:\([^)]{0,40}\))?\s+)?(?:(?:async|unsafe|const|default|extern\s+"[^"]{0,20}")\s+){0,4}(?:fn|struct|enum|trait|mod|union|macro_rules!)\s+(\w+)/,
      /^\s{0,8}(?:unsafe\s+)?impl(?:<[^{]{0,100}>)?\s+([\w:]+(?:<[^{]{0,60}>)?(?:\s+for\s+[\w:]+)?)/,
    ],
  },
  {
    extensions: 'php phtml',
    mediaType: 'text/x-php',
    definitions: [
      /^\s{0,8}(?:(?:abstract|final|public|private|protected|static|readonly)\s+){0,5}(?:function\s+&?|class\s+|interface\s+|trait\s+|enum\s+)(\w+)/,
    ],
  },
  {
    extensions: 'rb rake cr ex exs lua pl pm jl',
    mediaType: 'text/x-script',
    definitions: [
      /^\s{0,8}(?:local\s+)?(?:def|defp|defmacro|defmodule|class|module|function|sub|struct)\s+([\w.?!=:]+)/,
    ],
  },
  {
    extensions: 'sh bash zsh fish ksh ps1 psm1',
    mediaType: 'text/x-shellscript',
    definitions: [/^\s{0,4}function\s+([\w:-]+)/i, /^\s{0,4}([\w:-]+)\s*\(\s*\)\s*[{(]?\s*$/],
  },
  {
    extensions: 'sql ddl psql pgsql',
    mediaType: 'application/sql',
    definitions: [
      /^\s{0,8}create\s+(?:or\s+replace\s+)?(?:\w+\s+){0,3}?(?:table|view|function|procedure|trigger|index|type|schema)\s+(?:if\s+not\s+exists\s+)?([\w."`[\]]+)/i,
    ],
  },
  {
    extensions:
      'r R hs ml clj cljs el lisp scm f90 f95 nim zig sol v vb bas pas asm s css scss less mk cmake gradle tf graphql gql',
    mediaType: 'text/x-source',
    definitions: [
      /^([\w.]+)\s*<-\s*function\b/,
      /^\(def\w*\s+([^\s()]+)/,
      /^([a-z][\w']*)\s+::/,
      /^\s{0,8}(?:pub\s+)?(?:fn|proc|func|function|contract|subroutine|procedure|module|resource)\s+"?([\w.]+)/i,
    ],
  },
]

const BY_EXTENSION = new Map(
  LANGUAGES.flatMap(language =>
    language.extensions.split(' ').map(extension => [extension, language] as const),
  ),
)

/** Endings of names that are read as source code, without the dot. */
export const CODE_EXTENSIONS: readonly string[] = [...BY_EXTENSION.keys()]

/** `undefined` when the name is not that of source code. */
export function codeLanguage(name: string): CodeLanguage | undefined {
  const extension = /\.([^./\\]+)$/.exec(name)?.[1] ?? ''
  return BY_EXTENSION.get(extension) ?? BY_EXTENSION.get(extension.toLowerCase())
}
