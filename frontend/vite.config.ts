import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { mockApi } from './mock-api/plugin.ts'

// `npm run dev` talks to WHEELHOUSE_URL when it is set, to the mock API otherwise.
const backend = process.env.WHEELHOUSE_URL
const apiPaths = ['/api', '/v1', '/health', '/ready', '/info', '/metrics', '/traces', '/openapi.json', '/problems']

export default defineConfig(({ mode }) => ({
  plugins: [react(), ...(backend || mode === 'test' ? [] : [mockApi()])],
  resolve: { alias: { '#': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: backend ? { proxy: Object.fromEntries(apiPaths.map((path) => [path, backend])) } : {},
  build: {
    // The tokens use light-dark(): keep it native instead of the compiler's longhand for older browsers.
    target: ['chrome123', 'firefox121', 'safari17.5'],
    assetsInlineLimit: 0,
    manifest: 'build/manifest.json',
    rolldownOptions: {
      // Parts of a few lines that most pages use: one file for all of them, not one request for each.
      output: {
        codeSplitting: {
          groups: [{ name: 'parts', test: /src\/ui\/(?!Markdown|SchemaForm|Picker|Dialog|diff|schema)|src\/api\// }],
        },
      },
    },
  },
  test: { environment: 'jsdom', include: ['src/**/*.test.ts', 'src/**/*.test.tsx'] },
}))
