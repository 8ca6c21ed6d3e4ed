/**
 * When to look at every vector and when to follow a graph. A scan misses nothing and needs no preparation, so it is the
 * way for as long as it is fast enough on this device; the graph is for libraries beyond that.
 */

/** Milliseconds that a scan may take of the time between a key stroke and its results. */
export const SCAN_BUDGET = 4

/** A library of this size is scanned however slow the device is: a graph would hardly be faster. */
const LEAST_THRESHOLD = 5_000

/** Share of the threshold that may be missing from the graph: looking at those takes a quarter of the budget. */
const LOOSE_SHARE = 0.25

/**
 * Milliseconds. A walk is believed only when past queries have shown what it finds; but where a scan takes longer than
 * this, a walk that misses some is better than waiting.
 */
const LONGEST_SCAN = 40

/** A filter that leaves less than this share leads a walk past too many that may not be found. */
const LEAST_SELECTED = 0.3

/** Once there is a graph, it is used a little below the threshold too, so that a few removals change nothing. */
const STILL = 0.8

export interface SearchPlan {
  /** Vectors that may be found: the living, or those of a filter. */
  readonly selected: number
  readonly living: number
  /** Slots in use, and how many of them are in the graph. */
  readonly size: number
  readonly linked: number
  /** Vectors up to which a scan is fast enough. */
  readonly threshold: number
  /** Milliseconds of a walk, as measured; `undefined` before the first. */
  readonly walkTime?: number | undefined
  /** Milliseconds of a scan of what is selected, as measured. */
  readonly scanTime?: number | undefined
  /** Shares of the true nearest that walks of the present breadth found, for past queries. */
  readonly recalls?: readonly number[]
}

/** The number of vectors that are scanned in `budget` milliseconds. */
export function scanThreshold(nanosecondsPerVector: number, budget = SCAN_BUDGET): number {
  return Math.max(LEAST_THRESHOLD, Math.floor((budget * 1e6) / nanosecondsPerVector))
}

export function choosePath(plan: SearchPlan): 'scan' | 'graph' {
  const { size, linked, threshold, walkTime = 0, scanTime } = plan
  if (linked === 0 || !mayWalk(plan)) return 'scan'
  if (size - linked > LOOSE_SHARE * threshold) return 'scan'
  if (scanTime !== undefined && scanTime > LONGEST_SCAN) return 'graph'
  // A walk that has to be wide to find enough may cost more than looking at everything.
  return findsEnough(plan.recalls ?? []) && walkTime <= (scanTime ?? Infinity) ? 'graph' : 'scan'
}

/** Whether a walk could be better than a scan, once there is a graph. */
export function mayWalk({
  selected,
  living,
  threshold,
}: Pick<SearchPlan, 'selected' | 'living' | 'threshold'>): boolean {
  return selected > STILL * threshold && selected >= LEAST_SELECTED * living
}

/** What is known without a query. */
export type GraphPlan = Pick<SearchPlan, 'living' | 'size' | 'linked' | 'threshold'>

/** Whether there should be a graph. */
export function wantsGraph({ living, linked, threshold }: GraphPlan): boolean {
  return living > (linked > 0 ? STILL : 1) * threshold
}

/** Whether slots that are not in the graph should come in. */
export function wantsLinks(plan: GraphPlan): boolean {
  return plan.linked < plan.size && wantsGraph(plan)
}

/**
 * How many of the nearest a walk keeps in sight. Queries come from a tower of their own and lie apart from the passages,
 * where a graph needs more than the usual 64; `boost` widens it further.
 */
export function walkBreadth(wanted: number, boost: number): number {
  return Math.round(boost * Math.max(160, 3 * wanted))
}

/** Share of the true nearest that walks should find. */
export const WANTED_RECALL = 0.98

/** Walks that say enough about their breadth. */
export const ENOUGH_WALKS = 8
const MOST_BOOST = 8

function findsEnough(recalls: readonly number[]): boolean {
  return recalls.length >= ENOUGH_WALKS && meanOf(recalls) >= WANTED_RECALL
}

/** The next boost of a breadth whose walks found `recalls` of the true nearest; the same when it is wide enough. */
export function nextBoost(boost: number, recalls: readonly number[]): number {
  if (recalls.length < ENOUGH_WALKS || boost >= MOST_BOOST) return boost
  return meanOf(recalls) < WANTED_RECALL ? 1.5 * boost : boost
}

export function meanOf(shares: readonly number[]): number {
  return shares.reduce((sum, share) => sum + share, 0) / shares.length
}
