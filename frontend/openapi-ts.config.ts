import { defineConfig } from '@hey-api/openapi-ts'

// Types only: the console's own client is forty lines and knows problems, CSRF and idempotency keys.
export default defineConfig({
  input: '../docs/openapi.json',
  output: { path: 'src/api/generated', entryFile: false },
  plugins: ['@hey-api/typescript'],
})
