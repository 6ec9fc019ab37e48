import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Connect, Plugin } from 'vite'
import { answer } from './routes.ts'

/** What the real servers send with every page; the preview sends it too, so the built console is tried under it. */
const contentPolicy =
  "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

/** Serves the API from memory inside `vite` and `vite preview`, so the console can be worked on without a backend. */
export function mockApi(): Plugin {
  const middleware: Connect.NextHandleFunction = (request: IncomingMessage, response: ServerResponse, next) => {
    answer(request, response).then((answered) => {
      if (!answered) next()
    }, next)
  }
  return {
    name: 'mock-api',
    configureServer: (server) => {
      server.middlewares.use(middleware)
    },
    configurePreviewServer: (server) => {
      server.middlewares.use((_request, response, next) => {
        response.setHeader('Content-Security-Policy', contentPolicy)
        next()
      })
      server.middlewares.use(middleware)
    },
  }
}
