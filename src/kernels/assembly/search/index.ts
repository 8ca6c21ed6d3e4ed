// What the host may call.

import * as layout from './layout';
import { readRow } from './quantise';

export {
  areLinksSound, bytesFor, chosenFrom, configure, isDead, segmentLinks, segmentLinksBytes, segmentRows, segmentRowsBytes, segmentStamp, setDead,
} from './layout';
export { quantiseQuery, storeRow } from './quantise';
export { scanCodes, scanSigns, scoreSlots } from './scan';
export {
  comparedByWalk, graphEntry, graphStamp, graphTopLayer, insertSlot, restoreGraph, searchGraph,
} from './graph';

/** Writes what is kept of a slot's vector to `incoming`. */
export function readSlot(slot: u32): void {
  readRow(slot, layout.incoming);
}

/** Addresses of what the host writes and reads; valid after `configure`. */
export function incomingAddress(): usize {
  return layout.incoming;
}

export function queryAddress(): usize {
  return layout.query;
}

export function resultsAddress(): usize {
  return layout.results;
}

export function slotListAddress(): usize {
  return layout.slotList;
}

export function scoreListAddress(): usize {
  return layout.scoreList;
}
