import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { mockApi } from './mock-api/plugin.ts'
import { servedPaths } from './tools/served.ts'

// `npm run dev` talks to WHEELHOUSE_URL when it is set, to the mock API otherwise.
const backend = process.env.WHEELHOUSE_URL

export default defineConfig(({ mode }) => ({
  // Files lie beside the page, under whatever prefix an edge brings it.
  base: './',
  plugins: [react(), ...(backend || mode === 'test' ? [] : [mockApi()])],
  resolve: { alias: { '#': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: backend ? { proxy: Object.fromEntries(servedPaths().map((path) => [path, backend])) } : {},
  build: {
    // The tokens use light-dark(): keep it native instead of the compiler's longhand for older browsers.
    target: ['chrome123', 'firefox121', 'safari17.5'],
    assetsInlineLimit: 0,
    // `npm run size` holds each page and part to a budget of its own; this one would speak of diagrams at each build.
    chunkSizeWarningLimit: 2_000,
    manifest: 'build/manifest.json',
    rolldownOptions: {
      // Parts of a few lines that most pages use: one file for all of them, not one request for each.
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'parts',
              test: /src\/ui\/(?!Markdown|blocks|CodeField|YamlEditor|yaml-|proposals|SchemaForm|Picker|Dialog|diff|schema|CodeBlock|Diagram|colours|formula|math|mermaid|download|notices|ToastList|theme|windowed|Split|Bar)|src\/api\/(?!feedback|images|uploads|usage|collections|triggers|webhooks|budgets|memories|secrets|keys|search|tools)/,
            },
          ],
        },
      },
    },
  },
  test: { include: ['src/**/*.test.ts', 'tools/*.test.ts'] },
}))
