/** The ways to search words that are compared, by the names under which `word-page.ts` knows them. */
export interface WordMethodName {
  readonly name: string
  readonly title: string
  readonly isPeer: boolean
}

export const WORD_METHODS: readonly WordMethodName[] = [
  { name: 'own', title: 'Belfry', isPeer: false },
  { name: 'minisearch', title: 'MiniSearch 7.2.0', isPeer: true },
  { name: 'orama', title: 'Orama 3.1.18', isPeer: true },
]
