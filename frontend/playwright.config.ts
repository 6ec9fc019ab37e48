import { defineConfig } from '@playwright/test'
import { existsSync } from 'node:fs'
import { addresses, need } from './e2e/need.ts'

const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const executablePath = process.env.CHROMIUM ?? browsers.find((path) => existsSync(path))
if (!executablePath) {
  throw new Error(`No browser at ${browsers.join(', ')}: install Debian's "chromium", or name one with CHROMIUM=/path`)
}

export default defineConfig({
  testDir: 'e2e',
  // As many side by side as there are servers: what one test does, or kills, no other sees.
  workers: need('WHEELHOUSE_URL', addresses).split(' ').length,
  // For a computer with too much to do: a test that passes never gets near them.
  timeout: 180_000,
  expect: { timeout: 60_000 },
  forbidOnly: true,
  reporter: 'list',
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath, args: ['--no-sandbox'] },
    trace: 'retain-on-failure',
    locale: 'en-GB',
  },
})
