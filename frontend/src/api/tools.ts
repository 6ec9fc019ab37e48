import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { get, post, putYaml, remove } from './client'
import { whole } from './pages'
import { api } from './paths'
import type { BegunSignIn, Page, Tool, ToolServer, ToolServerBrief, ToolTest } from './types'

/** All of them: a tool server may bring more than a page holds. */
export const toolsQuery = queryOptions({
  queryKey: ['tools'],
  queryFn: async ({ signal }) => {
    const tools: Tool[] = []
    for (let after: string | null | undefined; after !== null;) {
      const page: Page<Tool> = await get<Page<Tool>>(api.tools({ limit: 200, after }), signal)
      tools.push(...page.data)
      after = page.nextCursor
    }
    return tools
  },
})
export const toolServersQuery = whole<ToolServerBrief>('tool-servers', api.toolServers({ limit: 200 }))
export const toolServerQuery = (name: string) =>
  queryOptions({
    queryKey: ['tool-servers', name],
    queryFn: ({ signal }) => get<ToolServer>(api.toolServer(name), signal),
  })

export const testTool = (name: string, args: Record<string, unknown>) =>
  post<ToolTest>(api.testTool(name), { arguments: args })
export const putToolServer = (name: string, yaml: string) => putYaml<ToolServer>(api.toolServer(name), yaml)
export const removeToolServer = (name: string) => remove(api.toolServer(name))
export const refreshToolServer = (name: string) => post<ToolServer>(api.refreshToolServer(name))

/** Where a person consents; `issuer` agrees to an authorization server that is another one than before. */
export const signInToServer = (name: string, issuer?: string) =>
  post<BegunSignIn>(api.signInToServer(name), issuer ? { issuer } : {})
export const signOutOfServer = (name: string) => remove(api.signInToServer(name))

/** What is approved is what was seen, which its hash says. */
export const approveTools = (server: string, tools: Tool[]) =>
  post<ToolServer>(api.decideOnTools(server), {
    tools: tools.map((tool) => ({ name: tool.remoteName, on: true, hash: tool.hash })),
  })
export const switchOff = (server: string, tool: Tool) =>
  post<ToolServer>(api.decideOnTools(server), { tools: [{ name: tool.remoteName, on: false }] })

export function refreshTools(queries: QueryClient) {
  void queries.invalidateQueries({ queryKey: toolServersQuery.queryKey })
  return queries.invalidateQueries({ queryKey: toolsQuery.queryKey })
}
