import { keysOf } from '../core/catalogue.ts'
import { type DocumentId, indexedText, type StoredDocument } from '../core/document.ts'
import type { Emit } from '../core/events.ts'
import { cutField, type PassageSettings, sameCut } from '../core/passage-settings.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import type { Library } from '../core/ports/library.ts'
import type { Clock } from '../core/ports/platform.ts'
import { outlineOf } from '../core/text/outline.ts'
import { cutIntoPassages } from './cut-into-passages.ts'
import { type CancelSignal, embedDocuments } from './embed.ts'
import { indexDocument, type Indexes } from './indexes.ts'

export interface CutAgainPorts {
  readonly library: Library
  readonly indexes: Indexes
  readonly encoder: Encoder
  readonly clock: Clock
}

/**
 * Cuts a stored document as `settings` say, and stores it in one transaction. Its old passages can be found until the new
 * ones can: these have other keys. Nothing happens when it is gone, or was cut so by somebody else meanwhile.
 * @throws Cancelled between two batches, StorageFull; the document is as it was then.
 */
export async function cutAgain(
  id: DocumentId,
  settings: PassageSettings,
  ports: CutAgainPorts,
  emit: Emit,
  signal: CancelSignal,
): Promise<void> {
  const { library, indexes, clock } = ports
  const [before] = await library.load([id])
  if (before === undefined || sameCut(before.document.cut, settings)) return
  const now = await recut(before, settings, ports, signal)
  const document = await library.put(now.document, now.contents, now.vectors)
  emit({ type: 'document-added', document })
  await indexDocument({ ...now, document }, indexes, clock)
  const old = keysOf(before.document)
  await indexes.words.remove(old)
  await indexes.vectors?.remove(old)
}

async function recut(
  { document, contents }: StoredDocument,
  settings: PassageSettings,
  { encoder, clock }: CutAgainPorts,
  signal: CancelSignal,
): Promise<StoredDocument> {
  const { text } = contents
  const outline = outlineOf(contents)
  const passages = await cutIntoPassages({ title: document.title, text, ...outline }, encoder, settings)
  const { cut: _, ...row } = document
  const changed = {
    ...row,
    ...cutField(settings),
    cutAt: clock.now(),
    passageCount: passages.length,
  }
  const texts = passages.map(passage => indexedText(changed, text, passage))
  const vectors = await embedDocuments(texts, encoder, signal, () => {})
  const { space } = await encoder.info()
  return { document: { ...changed, space }, contents: { text, passages, outline }, vectors }
}
