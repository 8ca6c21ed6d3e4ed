import type { WaitingFile, WaitingFiles } from '../core/ports.ts'

/** For tests. */
export function createMemoryWaitingFiles(): WaitingFiles {
  let files: (WaitingFile & { readonly tab: string })[] = []
  return {
    note: async (tab, more) => void files.push(...more.map(file => ({ ...file, tab }))),
    async settle(tab, tickets) {
      files = files.filter(file => file.tab !== tab || !tickets.includes(file.ticket))
    },
    all: async () => files.toSorted((a, b) => a.ticket - b.ticket),
    async forget(tabs) {
      files = files.filter(file => !tabs.includes(file.tab))
    },
  }
}
