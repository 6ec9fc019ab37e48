import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import '#/styles/tokens.css'
import '#/styles/base.css'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { MutationCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { hasStatus, inWords, mayHeal } from '#/api/errors'
import { consoleRouter } from './routes'
import { outliveNewVersions } from '#/shell/stale'
import { toasts } from '#/ui/toasts'

const ToastList = lazy(() => import('#/ui/ToastList').then((module) => ({ default: module.ToastList })))
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => mayHeal(error) && failures < 3,
      throwOnError: false,
    },
  },
  mutationCache: new MutationCache({
    // A page that shows the problem in place says so with `meta.shown`.
    onError: (error, _input, _context, mutation) => {
      if (!mutation.meta?.shown) toasts.failed(inWords(error))
    },
  }),
})
const router = consoleRouter(queries)
outliveNewVersions()

queries.getQueryCache().subscribe(({ query, type }) => {
  if (type === 'updated' && hasStatus(query.state.error, 401) && router.state.location.pathname !== '/sign-in') {
    void router.navigate({ to: '/sign-in', search: { to: router.state.location.href } })
  }
})

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
        <Suspense>
          <ToastList />
        </Suspense>
      </QueryClientProvider>
    </CSPProvider>
  </StrictMode>,
)
