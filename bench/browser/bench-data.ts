/** Answers what the pages of the benchmarks ask for: `rows?from=0&end=1024`, `queries` and `texts?page=0`. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Corpus } from '../corpus/corpus.ts'

const DATA = '/bench-data/'

/** Of a server that Vite starts, before its own answers. */
export function benchData(corpus: Corpus) {
  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    if (request.url?.startsWith(DATA) === true) answer(corpus, request, response)
    else next()
  }
}

function answer(corpus: Corpus, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost')
  const number = (name: string) => Number(searchParams.get(name))
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
  response.setHeader('Cache-Control', 'no-store')
  switch (pathname.slice(DATA.length)) {
    case 'rows':
      return end(response, corpus.rows(number('from'), number('end')))
    case 'queries':
      return end(response, corpus.queries())
    case 'texts':
      return void response.end(JSON.stringify(corpus.texts(number('page'))))
    default:
      response.statusCode = 404
      response.end()
  }
}

function end(response: ServerResponse, values: Float32Array): void {
  response.end(Buffer.from(values.buffer, values.byteOffset, values.byteLength))
}
