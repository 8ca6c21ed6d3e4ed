import { memo, useState } from 'react'
import type { Hit, SearchResult, Strength } from '../core/ranking/answer.ts'
import { selectAnswer } from '../state/selectors.ts'
import { useAppState } from './app-context.ts'
import { HitPassage } from './hit-passage.tsx'
import { formatCount } from './numbers.ts'
import type { OpenHit } from './opened.ts'
import { pathWords } from './path-words.ts'
import { pageWord } from './page-word.ts'
import styles from './results.module.css'

interface ResultItemProps {
  readonly result: SearchResult
  readonly onOpen: (hit: OpenHit) => void
}

export const ResultItem = memo(function ResultItem({ result, onOpen }: ResultItemProps) {
  const { id, title, path, hits, alike = [] } = result
  const open = (current: number) => onOpen({ id, title, path, hits, current })
  const best = hits[0]
  return (
    <li className={styles.result}>
      <h3>
        <button type="button" data-result onClick={() => open(0)}>
          {title}
        </button>
      </h3>
      {hits.map((hit, i) => (
        <HitPassage
          key={hit.passage}
          hit={hit}
          place={[...(i === 0 ? [path] : []), ...pageOf(path, hit), ...trailBelow(title, hit)]}
          onOpen={() => open(i)}
        />
      ))}
      {best !== undefined && (
        <div className={styles.foot}>
          <StrengthWord strength={best.strength} />
          <span aria-hidden>·</span>
          <span>{matchedBy(best)}</span>
          <Why hits={hits} />
        </div>
      )}
      {alike.length > 0 && <Alike title={title} alike={alike} onOpen={onOpen} />}
    </li>
  )
})

interface AlikeProps extends Pick<ResultItemProps, 'onOpen'> {
  readonly title: string
  readonly alike: readonly SearchResult[]
}

/** Documents that were found as well and say nearly the same, folded until somebody asks. */
function Alike({ title, alike, onOpen }: AlikeProps) {
  const [open, setOpen] = useState(false)
  return (
    <details className={styles.alike} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>and {formatCount(alike.length)} nearly the same</summary>
      {open && (
        <ol aria-label={`Nearly the same as ${title}`} className={styles.results}>
          {alike.map(result => (
            <ResultItem key={result.id} result={result} onOpen={onOpen} />
          ))}
        </ol>
      )}
    </details>
  )
}

/** The headings above a hit, less the document's own title. */
function trailBelow(title: string, hit: Hit): readonly string[] {
  return hit.trail[0] === title ? hit.trail.slice(1) : hit.trail
}

function pageOf(path: string, { page }: Hit): readonly string[] {
  return page === undefined ? [] : [`${pageWord(path)} ${page}`]
}

function matchedBy(hit: Hit): string {
  if (hit.dense === 0 && hit.lexical === 0) return 'by its filter'
  if (hit.words.length === 0) return 'by meaning'
  return hit.dense > 0 ? 'by meaning and words' : 'by words'
}

const FILLED: Readonly<Record<Strength, number>> = { strong: 3, fair: 2, weak: 1 }

function StrengthWord({ strength }: { readonly strength: Strength }) {
  return (
    <span className={styles.strength}>
      <span className={styles.meter} aria-hidden>
        {[1, 2, 3].map(step => (
          <i key={step} data-filled={step <= FILLED[strength]} />
        ))}
      </span>
      {strength}
    </span>
  )
}

function Why({ hits }: { readonly hits: readonly Hit[] }) {
  const [open, setOpen] = useState(false)
  return (
    <details className={styles.why} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>Why this?</summary>
      {open && <Numbers hits={hits} />}
    </details>
  )
}

function Numbers({ hits }: { readonly hits: readonly Hit[] }) {
  const path = useAppState(selectAnswer)?.path
  return (
    <>
      <table>
        <thead>
          <tr>
            <th scope="col">Passage</th>
            <th scope="col">Meaning</th>
            <th scope="col">Words</th>
            <th scope="col">Together</th>
          </tr>
        </thead>
        <tbody>
          {hits.map(hit => (
            <tr key={hit.passage}>
              <th scope="row">{hit.passage + 1}</th>
              <td>{hit.dense.toFixed(3)}</td>
              <td>{hit.lexical.toFixed(2)}</td>
              <td>{hit.fused.toFixed(3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        Meaning is the cosine between query and passage (at most 1). Words is the BM25 score: how many rare
        words of the query the passage holds. The order comes from both together.
      </p>
      {path !== undefined && <p>{pathWords(path)}</p>}
    </>
  )
}
