/** How long a download may take to begin, in milliseconds. */
const PATIENCE = 60_000

/** Gives a file to the browser's downloads; nothing leaves the page. */
export function saveFile(name: string, file: Blob): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser reads the address behind the click's own task.
  setTimeout(() => URL.revokeObjectURL(url), PATIENCE)
}
