/** What the pages of a file are called, by its name. */
export function pageWord(path: string): 'page' | 'slide' | 'sheet' {
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  if (/^(pptx|ppsx|odp)$/.test(extension)) return 'slide'
  return /^(xlsx|ods)$/.test(extension) ? 'sheet' : 'page'
}
