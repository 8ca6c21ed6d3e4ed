/**
 * A real Chroma server for tests: on a free port, in a folder of its own.
 * As a command: `node tools/chroma-server.mjs run --path <folder> --port <port>`, or any other words of Chroma's own.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { chromaProblem, loadChromaBinding } from './load-chroma-binding.mjs'

const SELF = fileURLToPath(import.meta.url)
/** Milliseconds that a start may take: on a busy machine, with the copy for an older glibc still to be made. */
const PATIENCE = 60_000

/**
 * Whether tests that need the server can run here.
 *
 * @returns {boolean} false, with the reason on the standard output, where Chroma has no server for this system
 * @throws {Error} the same sentence under CI, where nothing may be left out silently
 */
export function hasChroma() {
  const problem = chromaProblem()
  if (problem === undefined) return true
  if (process.env.CI) throw new Error(problem)
  console.log(`Tests against a real Chroma server are left out. ${problem}`)
  return false
}

/**
 * Starts a server and waits until it answers.
 *
 * @param {{ folder?: string, port?: number, corsOrigins?: string[] }} [options] `folder` is one to go on in, which stays;
 *   without it the data is in a temporary folder that goes with `stop`
 * @returns {Promise<{ url: string, port: number, folder: string, pid: number, kill: () => Promise<void>,
 *   stop: () => Promise<void> }>} `kill` ends it at once and leaves the data; `stop` also removes a temporary folder
 * @throws {Error} with what the server wrote, when it ended or did not answer
 */
export async function startChroma({ folder, port, corsOrigins } = {}) {
  const home = await mkdtemp(join(tmpdir(), 'chroma-'))
  const data = folder ?? join(home, 'data')
  const chosen = port ?? (await freePort())
  const config = join(home, 'config.yaml')
  await writeFile(config, configOf(data, chosen, corsOrigins))
  const child = spawn(process.execPath, [SELF, 'run', config], { stdio: ['ignore', 'pipe', 'pipe'] })
  let written = ''
  const note = piece => {
    written = (written + piece).slice(-4000)
  }
  child.stdout.on('data', note)
  child.stderr.on('data', note)
  const ended = new Promise(resolve => {
    child.once('error', resolve).once('close', resolve)
  })
  // SIGTERM makes it spin with its port open, and SIGINT may take minutes; what it has acknowledged is on disk.
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  const kill = async () => {
    end()
    process.off('exit', end)
    await ended
  }
  const stop = async () => {
    await kill()
    await rm(home, { recursive: true, force: true })
  }
  const url = `http://127.0.0.1:${chosen}`
  const dead = ended.then(() => 'ended')
  const state = await Promise.race([dead, untilAnswering(url)])
  if (state !== 'answers') {
    await stop()
    throw new Error(`Chroma's server ${state} instead of answering at ${url}. It wrote:\n${written}`)
  }
  return { url, port: chosen, folder: data, pid: child.pid, kill, stop }
}

/** JSON is YAML. */
function configOf(folder, port, origins) {
  const cors = origins === undefined ? {} : { cors_allow_origins: origins }
  return JSON.stringify({ port, listen_address: '127.0.0.1', persist_path: folder, ...cors })
}

async function untilAnswering(url) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await sleep(25)) {
    try {
      const { ok } = await fetch(`${url}/api/v2/heartbeat`, { signal: AbortSignal.timeout(1000) })
      if (ok) return 'answers'
    } catch {
      // Not yet.
    }
  }
  return `was silent for ${PATIENCE / 1000} seconds`
}

function freePort() {
  const probe = createServer()
  return new Promise((resolve, reject) => {
    probe.once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

if (process.argv[1] === SELF) loadChromaBinding().cli(['chroma', ...process.argv.slice(2)])
