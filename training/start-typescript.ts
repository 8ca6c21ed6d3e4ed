/** A worker of Node 20 does not take over the loader of its parent: this one starts `workerData.url` with it. */
export const START_TYPESCRIPT = `
import('tsx/esm/api').then(({ register }) => {
  register()
  return import(require('node:worker_threads').workerData.url)
})`
