import { randomUUID } from 'node:crypto'
import type { Agent, Delta, Key, Revision, Run, RunEvent, Secret, Step, Thread } from '../src/api/types.ts'

/** Everything the mock API remembers; it lives as long as the dev server. */
export type Live =
  { kind: 'event'; event: RunEvent } | { kind: 'delta'; delta: Delta } | { kind: 'running'; step: Step }
export type MockRun = {
  run: Run
  events: RunEvent[]
  text: Map<number, string>
  listeners: Set<(news: Live) => void>
  cancelled: boolean
}

export const started = new Date().toISOString()
export const replicas = ['wheelhouse-6c9d-x2k4f', 'wheelhouse-6c9d-m8q7z']
export const newId = () => randomUUID()
export const now = () => new Date().toISOString()
/** A moment in the past, for the runs that were there before. */
export const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString()

const yaml = (name: string, description: string, tools: string[], more = '') =>
  `name: ${name}
description: ${description}
instructions: |
  You are ${name}. Answer briefly and say what you did.
  Use a tool where it knows better than you.
model: default
tools: [${tools.join(', ')}]
limits: {steps: 40, tokens: 200000, time: 10m, repeats: 3}
${more}`

const assistant = ['clock', 'calculator', 'notes_write', 'notes_read', 'notes_list', 'wait']
const revisions: Record<string, Revision[]> = {
  assistant: [
    {
      agent: 'assistant',
      revision: 3,
      published: true,
      createdAt: ago(3600),
      author: null,
      note: null,
      yaml: yaml('assistant', 'Answers and calculates', assistant),
    },
    {
      agent: 'assistant',
      revision: 2,
      published: false,
      createdAt: ago(90_000),
      author: null,
      note: null,
      yaml: yaml('assistant', 'Answers', assistant.slice(0, 2)),
    },
    {
      agent: 'assistant',
      revision: 1,
      published: false,
      createdAt: ago(200_000),
      author: null,
      note: null,
      yaml: yaml('assistant', 'Answers', ['clock']),
    },
  ],
  researcher: [
    {
      agent: 'researcher',
      revision: 2,
      published: false,
      createdAt: ago(600),
      author: null,
      note: null,
      yaml: yaml(
        'researcher',
        'Reads pages on an allow-list and reports',
        ['http_fetch', 'clock'],
        'http_fetch: {allow: [example.org, "*.example.com"]}\n',
      ),
    },
    {
      agent: 'researcher',
      revision: 1,
      published: true,
      createdAt: ago(200_000),
      author: null,
      note: null,
      yaml: yaml('researcher', 'Reads pages on an allow-list', ['http_fetch'], 'http_fetch: {allow: [example.org]}\n'),
    },
  ],
  'note-keeper': [
    {
      agent: 'note-keeper',
      revision: 1,
      published: true,
      createdAt: ago(200_000),
      author: null,
      note: null,
      yaml: yaml('note-keeper', 'Keeps notes and finds them again', ['notes_write', 'notes_read', 'notes_list']),
    },
  ],
}

export const world = {
  runs: new Map<string, MockRun>(),
  threads: new Map<string, Thread>(),
  revisions,
  secrets: [
    {
      name: 'crm-token',
      hosts: ['api.crm.example.org'],
      description: 'Reads customers',
      version: 2,
      createdAt: ago(400_000),
      updatedAt: ago(4_000),
    },
  ] as Secret[],
  keys: [
    {
      id: newId(),
      name: 'shop',
      prefix: 'wh_default_h3Kp',
      scopes: ['read', 'run'],
      createdAt: ago(400_000),
      expiresAt: null,
      lastUsedAt: ago(320),
    },
    {
      id: newId(),
      name: 'continuous integration',
      prefix: 'wh_default_Zq81',
      scopes: ['read', 'run', 'build'],
      createdAt: ago(900_000),
      expiresAt: ago(-2_000_000),
      lastUsedAt: null,
    },
  ] as Key[],
}

export function agentOf(name: string): Agent | undefined {
  const list = world.revisions[name]
  const newest = list?.[0]
  if (!list || !newest) return undefined
  const shown = list.find((revision) => revision.published) ?? newest
  const text = shown.yaml ?? ''
  const one = (key: string) => new RegExp(`^${key}: (.*)$`, 'm').exec(text)?.[1] ?? ''
  const tools = one('tools')
    .replace(/[[\]]/g, '')
    .split(',')
    .map((tool) => tool.trim())
    .filter(Boolean)
  return {
    name,
    description: one('description'),
    published: list.find((revision) => revision.published)?.revision ?? null,
    latest: newest.revision,
    version: `${newest.revision}-${list.find((revision) => revision.published)?.revision ?? 0}`,
    model: one('model') || 'default',
    tools,
    updatedAt: newest.createdAt,
    yaml: text,
    revision: shown.revision,
    definition: {
      name,
      description: one('description'),
      instructions: /instructions: \|\n((?: {2}.*\n)+)/.exec(text)?.[1]?.replace(/^ {2}/gm, '') ?? '',
      model: one('model'),
      tools,
      limits: { steps: 40, tokens: 200_000, time: '10m', repeats: 3 },
      ...(tools.includes('http_fetch') ? { http_fetch: { allow: ['example.org', '*.example.com'] } } : {}),
    },
  }
}

export function openThread(agent: string, title: string, at = now()): Thread {
  const thread: Thread = {
    id: newId(),
    title,
    agent,
    createdAt: at,
    updatedAt: at,
    activeRun: null,
    lastRun: null,
    pinned: false,
    archived: false,
  }
  world.threads.set(thread.id, thread)
  return thread
}
