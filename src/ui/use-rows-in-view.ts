import { type RefObject, useLayoutEffect, useState } from 'react'
import { rowsInView } from './queue-rows.ts'

/** Up to so many rows are all there, as high as their words. */
const ALL = 300

interface View {
  readonly first: number
  readonly end: number
  /** Height of each row in CSS pixels; `undefined` while all of them are there. */
  readonly row: number | undefined
}

/** Which rows of a long table are made: those of `scroller` that can be seen, and some around them. */
export function useRowsInView(scroller: RefObject<HTMLElement | null>, count: number): View {
  const [place, setPlace] = useState({ scrolled: 0, height: 600, row: 40 })
  const isLong = count > ALL
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null || !isLong) return undefined
    const look = () => {
      const row = matchMedia('(max-width: 719px)').matches ? 84 : 40
      const { scrollTop, clientHeight } = element
      // In steps, so that the page is not made anew for each pixel.
      const scrolled = Math.floor(scrollTop / row) * row
      setPlace(old =>
        old.scrolled === scrolled && old.height === clientHeight && old.row === row
          ? old
          : { scrolled, height: clientHeight, row },
      )
    }
    const observer = new ResizeObserver(look)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [scroller, isLong])
  if (!isLong) return { first: 0, end: count, row: undefined }
  return { ...rowsInView(count, place), row: place.row }
}
