/** Starts nginx on the very configuration of the image, for tests, through the image's own start script. */
import { spawn } from 'node:child_process'
import { cp, mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { findNginx } from './ensure-nginx.mjs'

const FILES = fileURLToPath(new URL('../nginx', import.meta.url))

/**
 * Starts a server and waits until it answers. NGINX in the environment names another program.
 *
 * @param {{ folder: string, dist: string, env?: Record<string, string>, mounted?: string }} options `folder` is made and
 *   written to; `dist` is what is served; `env` is what the image would get; `mounted` is looked into for models first
 * @returns {Promise<{ port: number, url: string, stop: () => Promise<void>, complaints: () => string }>}
 * @throws {Error} with what was written, where it ended instead
 */
export async function startNginx({ folder, dist, env = {}, mounted = join(folder, 'none') }) {
  const port = await freePort()
  const files = join(folder, 'files')
  await mkdir(join(folder, 'run'), { recursive: true })
  await cp(FILES, files, { recursive: true })
  const site = `listen 127.0.0.1:${port};\nroot "${dist}";\nset $mounted "${mounted}";\n`
  await writeFile(join(files, 'site.conf'), site)
  // As root, nginx would give its workers to a user who may not read this folder.
  const more = process.getuid?.() === 0 ? ['-g', 'daemon off; user root;'] : []
  // nginx would take the variable NGINX for a list of sockets that it inherits.
  const { NGINX = findNginx() ?? 'nginx', ...rest } = process.env
  const child = spawn('sh', [join(files, 'start.sh'), ...more], {
    env: { ...rest, NGINX_PROGRAM: NGINX, BELFRY_RUN: join(folder, 'run'), ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaints = ''
  child.stderr.on('data', data => {
    complaints += data
  })
  const ended = new Promise(resolve => {
    child.once('error', resolve).once('close', resolve)
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  const dead = ended.then(() => Promise.reject(new Error(`nginx ended:\n${complaints}`)))
  dead.catch(() => undefined)
  const url = `http://127.0.0.1:${port}`
  await Promise.race([dead, untilAnswering(url)])
  return { port, url, stop, complaints: () => complaints }
}

/** @returns {Promise<number>} a port of this machine that nobody listens on */
export function freePort() {
  const probe = createServer()
  return new Promise(resolve => {
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => {
        resolve(port)
      })
    })
  })
}

async function untilAnswering(url) {
  for (let attempt = 0; attempt < 200; attempt++) {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined)
    if (answer) return
    await sleep(50)
  }
  throw new Error('nginx does not answer.')
}
