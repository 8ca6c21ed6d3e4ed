/** `npm start`: installs what is missing, builds what is out of date, serves the production build. */
import { buildIfStale } from './build.mjs'
import { ensureDependencies } from './ensure-dependencies.mjs'
import { serveUntilStopped } from './serve.mjs'

const problem = ensureDependencies()
if (problem !== undefined) console.error(problem)
if (problem === undefined && buildIfStale()) await serveUntilStopped()
else process.exitCode = 1
