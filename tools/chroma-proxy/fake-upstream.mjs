/** Stand-ins for what stands behind nginx, for tests of what no real server does on demand. */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:http'

/**
 * An HTTP server that notes what it is asked.
 *
 * @param {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => void} answer
 * @returns {Promise<{ port: number, url: string, seen: { method: string, url: string, headers: object }[], stop: () => void }>}
 */
export async function startUpstream(answer = (_request, response) => response.end('{}')) {
  const seen = []
  const server = createServer((request, response) => {
    seen.push({ method: request.method, url: request.url, headers: request.headers })
    request.resume()
    response.setHeader('Content-Type', 'application/json')
    answer(request, response)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address()
  const stop = () => {
    server.close()
    server.closeAllConnections()
  }
  return { port, url: `http://127.0.0.1:${port}`, seen, stop }
}

/**
 * A name server that knows one name, once `learn` has been called: its address is then 127.0.0.1.
 *
 * @param {string} name
 * @returns {Promise<{ address: string, learn: () => void, stop: () => void }>}
 */
export async function startNameServer(name) {
  const socket = createSocket('udp4')
  let known = false
  socket.on('message', (question, client) => {
    const asked = questionOf(question)
    const answers = known && asked.name === name && asked.type === 1 ? 1 : 0
    socket.send(reply(question, asked.end, answers, known), client.port, client.address)
  })
  await once(socket.bind(0, '127.0.0.1'), 'listening')
  const learn = () => {
    known = true
  }
  return { address: `127.0.0.1:${socket.address().port}`, learn, stop: () => socket.close() }
}

/** RFC 1035, 4.1.2: labels, each after its length, then type and class. */
function questionOf(message) {
  const labels = []
  let at = 12
  while (message[at] !== 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + message[at]))
    at += 1 + message[at]
  }
  return { name: labels.join('.'), type: message.readUInt16BE(at + 1), end: at + 5 }
}

/** RFC 1035, 4.1.1 and 4.1.3: the question again, and one address or none. A name that is not known has code 3. */
function reply(message, end, answers, known) {
  const head = Buffer.from(message.subarray(0, end))
  head.writeUInt16BE(known ? 0x8180 : 0x8183, 2)
  head.writeUInt16BE(answers, 6)
  head.writeUInt32BE(0, 8)
  const record = [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 127, 0, 0, 1]
  return Buffer.concat([head, Buffer.from(answers === 1 ? record : [])])
}
