/** Whether a path below a folder is one that people mean when they add the folder: nothing hidden, no packages. */
export function isMeant(path: string): boolean {
  return !path.split('/').some(part => part.startsWith('.') || part === 'node_modules')
}
