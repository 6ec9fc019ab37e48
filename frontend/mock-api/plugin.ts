import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Connect, Plugin } from 'vite'
import { contentPolicy } from '../tools/served.ts'
import { answer } from './routes.ts'

/** Serves the API from memory inside `vite` and `vite preview`, so the console can be worked on without a backend. */
export function mockApi(): Plugin {
  const policy = contentPolicy()
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
        // The built console is tried under the policy that the real servers send.
        response.setHeader('Content-Security-Policy', policy)
        next()
      })
      server.middlewares.use(middleware)
    },
  }
}
