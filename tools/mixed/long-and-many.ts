/** Extremes: one file that is very long, and very many that are very short. */
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { createAuthor } from './article.ts'
import { createChance } from './chance.ts'
import { plantedSentence, plantedWord } from './planted-word.ts'
import type { TextSource } from './text-source.ts'

/** Writes a plain text of at least so many bytes, and no two parts of it the same. */
export function writeLongText(path: string, bytes: number, seed: number, texts: TextSource): void {
  const author = createAuthor(texts, createChance(seed))
  const file = openSync(path, 'w')
  for (let written = 0; written < bytes; ) {
    const { title, paragraphs } = author.write(40)
    written += writeSync(file, `${title}\n\n${paragraphs.join('\n\n')}\n\n`)
  }
  closeSync(file)
}

/** Writes so many notes of one sentence, a thousand in each folder. */
export function writeTinyFiles(folder: string, count: number): void {
  for (let i = 0; i < count; i++) {
    const below = join(folder, String(Math.floor(i / 1000)).padStart(3, '0'))
    if (i % 1000 === 0) mkdirSync(below, { recursive: true })
    writeFileSync(join(below, `${String(i).padStart(6, '0')}.txt`), plantedSentence(plantedWord(i)))
  }
}
