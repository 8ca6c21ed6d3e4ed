/** Gives a text to the browser's downloads; nothing leaves the page. */
export function saveFile(name: string, mediaType: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: mediaType }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Behind the click's own task, which reads the address.
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}
