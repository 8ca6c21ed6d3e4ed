// What the host may call.

import * as layout from './layout';

export { bytesFor, configure, rowOf, setDead } from './layout';
export { quantiseQuery, quantiseRow } from './quantise';
export { scanCodes, scoreSlots } from './scan';
export { insertSlot, searchGraph } from './graph';

/** Addresses of what the host writes and reads; valid after `configure`. */
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
