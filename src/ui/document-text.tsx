import { useEffect, useMemo, useRef, useState } from 'react'
import type { DocumentContents } from '../core/document.ts'
import type { Hit, Span } from '../core/ranking/answer.ts'
import controls from './controls.module.css'
import { MarkedText } from './marked-text.tsx'
import { marksInDocument } from './marks-in-document.ts'
import styles from './preview.module.css'
import { blockAt, textBlocks } from './text-blocks.ts'

/** Paragraphs shown on either side of the passage, and how many more at a time: a book is never rendered whole. */
const AROUND = 200

interface DocumentTextProps {
  readonly contents: DocumentContents
  readonly hit: Hit | undefined
}

interface Range {
  readonly from: number
  readonly to: number
}

export function DocumentText({ contents, hit }: DocumentTextProps) {
  const { text } = contents
  const blocks = useMemo(() => textBlocks(text), [text])
  const headings = useMemo(() => new Set(contents.passages.flatMap(passage => passage.trail)), [contents])
  const target = hit === undefined ? 0 : blockAt(blocks, hit.span.start)
  const [range, setRange] = useState<Range>(() => around(target))
  const shown = target >= range.from && target < range.to ? range : around(target)
  if (shown !== range) setRange(shown)

  const passage = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    passage.current?.scrollIntoView({ block: 'center' })
  }, [hit])

  const marks = useMemo(() => marksInDocument(text, hit), [text, hit])
  const from = Math.max(0, shown.from)
  return (
    <div className={styles.text} role="region" tabIndex={0} aria-label="Text">
      {from > 0 && <More onClick={() => setRange({ ...shown, from: from - AROUND })} />}
      {blocks.slice(from, shown.to).map((block, i) => (
        <p
          key={block.start}
          ref={hit !== undefined && from + i === target ? passage : undefined}
          className={classOf(text, block, hit, headings)}
        >
          <MarkedText text={text} range={block} words={marks.words} sentence={marks.sentence} />
        </p>
      ))}
      {shown.to < blocks.length && <More onClick={() => setRange({ ...shown, to: shown.to + AROUND })} />}
    </div>
  )
}

function More({ onClick }: { readonly onClick: () => void }) {
  return (
    <button type="button" className={controls.quiet} onClick={onClick}>
      Show more
    </button>
  )
}

function around(target: number): Range {
  return { from: target - AROUND, to: target + AROUND + 1 }
}

function classOf(
  text: string,
  block: Span,
  hit: Hit | undefined,
  headings: ReadonlySet<string>,
): string | undefined {
  if (hit !== undefined && block.start < hit.span.end && block.end > hit.span.start) return styles.passage
  return headings.has(text.slice(block.start, block.end)) ? styles.heading : undefined
}
