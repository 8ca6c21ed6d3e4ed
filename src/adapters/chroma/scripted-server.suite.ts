import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { VectorServer } from '../../core/ports/vector-server.ts'
import type { ChromaCredential } from './chroma-address.ts'
import { createChromaClient, type ChromaSettings } from './chroma-client.ts'

export type Answer = (response: ServerResponse, request: IncomingMessage, body: string) => void

export interface SeenRequest {
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface ScriptedServer {
  base(): string
  /** One after the other, the last one again and again. */
  answer(...answers: Answer[]): void
  /** Since the test began, or since they were taken last. */
  take(): SeenRequest[]
  /** How long the client rested before it tried again; milliseconds. It does not really rest. */
  rests(): readonly number[]
  connect(settings?: Partial<ChromaSettings>, credential?: ChromaCredential): VectorServer
}

export const json = (status: number, value: unknown, headers: Record<string, string> = {}): Answer => {
  const all = { 'Content-Type': 'application/json', ...headers }
  return response => response.writeHead(status, all).end(JSON.stringify(value))
}

export const text = (status: number, words: string): Answer => {
  return response => response.writeHead(status).end(words)
}

/** A server that answers by a list, and a client of it; for the tests of one file. */
export function startScriptedServer(): ScriptedServer {
  let answers: Answer[] = []
  let requests: SeenRequest[] = []
  let rests: number[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', piece => {
      body += piece
    })
    request.on('end', () => {
      requests.push({ url: request.url ?? '', headers: request.headers, body })
      const answer = answers.length > 1 ? answers.shift() : answers[0]
      answer?.(response, request, body)
    })
  })
  const base = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  beforeAll(() => new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve)))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  beforeEach(() => {
    requests = []
    rests = []
  })

  return {
    base,
    answer: (...given) => {
      answers = given
    },
    take: () => requests.splice(0),
    rests: () => rests,
    connect: (settings = {}, credential = { kind: 'none' }) =>
      createChromaClient(
        { server: `${base()}/chroma/`, tenant: 'a tenant', database: 'd/b', credential },
        { timeout: 300, random: () => 0.5, rest: async time => void rests.push(time), ...settings },
      ),
  }
}
