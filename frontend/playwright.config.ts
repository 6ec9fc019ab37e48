import { defineConfig } from '@playwright/test'
import { existsSync } from 'node:fs'
import { need } from './e2e/need.ts'

const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const executablePath = process.env.CHROMIUM ?? browsers.find((path) => existsSync(path))
if (!executablePath) {
  throw new Error(`No browser at ${browsers.join(', ')}: install Debian's "chromium", or name one with CHROMIUM=/path`)
}

export default defineConfig({
  testDir: 'e2e',
  // One after another: they share one server, and one of them kills it.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: 'list',
  use: {
    baseURL: need('WHEELHOUSE_URL', 'the address of a running Wheelhouse with its console'),
    browserName: 'chromium',
    launchOptions: { executablePath, args: ['--no-sandbox'] },
    trace: 'retain-on-failure',
    locale: 'en-GB',
  },
})
