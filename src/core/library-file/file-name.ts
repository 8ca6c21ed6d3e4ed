/** What a library file is called: by this its kind is known before it is opened. */

export const LIBRARY_FILE_TYPE = 'application/x-belfry-library'
export const LIBRARY_FILE_ENDING = '.belfry'

/** "belfry-2026-11-20.belfry" */
export function libraryFileName(at: Date): string {
  const day = [at.getFullYear(), at.getMonth() + 1, at.getDate()]
  return `belfry-${day.map(number => String(number).padStart(2, '0')).join('-')}${LIBRARY_FILE_ENDING}`
}

export function isLibraryFileName(name: string): boolean {
  return name.toLowerCase().endsWith(LIBRARY_FILE_ENDING)
}
