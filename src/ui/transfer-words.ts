import type { TransferOutcome, TransferProgress } from '../core/transfer-state.ts'
import { formatMany } from './numbers.ts'

const STEPS: Readonly<Record<TransferProgress['step'], string>> = {
  exporting: 'Writing the library',
  checking: 'Checking the file',
  importing: 'Adding documents',
}

/** What is being done; changes with the step alone, so that it can be read aloud. */
export function stepWords({ step }: TransferProgress): string {
  return STEPS[step]
}

/** What came of it, as sentences. */
export function outcomeWords(outcome: TransferOutcome): string {
  switch (outcome.kind) {
    case 'exported': {
      const { documents, passages, heads, openings } = outcome.counts
      const parts = [
        `${formatMany(documents, 'document', 'documents')} with ${formatMany(passages, 'passage', 'passages')}`,
        heads > 0 && formatMany(heads, 'learned version', 'learned versions'),
        openings > 0 && formatMany(openings, 'opening', 'openings'),
      ]
      return `Exported ${parts.filter(Boolean).join(', ')}.`
    }
    case 'imported': {
      const { added, skipped, embedded, heads, openings } = outcome.counts
      const parts = [
        `Added ${formatMany(added, 'document', 'documents')}.`,
        skipped > 0 && `${formatMany(skipped, 'was', 'were')} here already.`,
        embedded > 0 &&
          `${formatMany(embedded, 'comes', 'come')} from another model and can be found by meaning soon.`,
        heads > 0 && `Added ${formatMany(heads, 'learned version', 'learned versions')}.`,
        openings > 0 && `Added ${formatMany(openings, 'opening', 'openings')}.`,
      ]
      return parts.filter(Boolean).join(' ')
    }
    case 'cancelled':
    case 'failed':
      return outcome.sentence
  }
}
